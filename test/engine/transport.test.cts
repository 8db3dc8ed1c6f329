// Sign-in, tokens, concurrency and rate limits in the engine.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('authentication', () => void require('./transport/authenticationTests.cts'));
describe('concurrency', () => void require('./transport/concurrencyTests.cts'));
describe('liveCheck', () => void require('./transport/liveCheckTests.cts'));
describe('secrets', () => void require('./transport/secretsTests.cts'));
describe('sharedToken', () => void require('./transport/sharedTokenTests.cts'));
describe('signing', () => void require('./transport/signingTests.cts'));
describe('sustainedRateLimit', () => void require('./transport/sustainedRateLimitTests.cts'));
describe('tokenRefresh', () => void require('./transport/tokenRefreshTests.cts'));
describe('tokenRenewedElsewhere', () => void require('./transport/tokenRenewedElsewhereTests.cts'));
