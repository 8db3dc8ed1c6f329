// Here: what n8n adds to a request: signing it, storing and sharing the token, testing the credential, cancelling, and
// many items in parallel. Also the live check, which uses the same transport.
// Not here: when a token is renewed and when a request is sent again (unit/clientTests.cts), and what a response means
// (unit/responseTests.cts).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('authentication', () => void require('./transport/authenticationTests.cts'));
describe('concurrency', () => void require('./transport/concurrencyTests.cts'));
describe('liveCheck', () => void require('./transport/liveCheckTests.cts'));
describe('secrets', () => void require('./transport/secretsTests.cts'));
describe('sharedToken', () => void require('./transport/sharedTokenTests.cts'));
describe('signing', () => void require('./transport/signingTests.cts'));
describe('tokenRefresh', () => void require('./transport/tokenRefreshTests.cts'));
describe('tokenRenewedElsewhere', () => void require('./transport/tokenRenewedElsewhereTests.cts'));
