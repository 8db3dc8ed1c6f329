// Here: the sandbox against the contract, over HTTP: what it accepts, refuses and stores, its faults, and its first
// records. Also the live check against the sandbox, which sends requests without n8n.
// Not here: the node. The contract of its requests and responses is in engine/everyOperation/.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('sandbox', () => void require('./contract/sandboxTests.cts'));
describe('sandboxRecords', () => void require('./contract/sandboxRecordsTests.cts'));
describe('sandboxRefusals', () => void require('./contract/sandboxRefusalsTests.cts'));
describe('sandboxFaults', () => void require('./contract/sandboxFaultsTests.cts'));
describe('liveCheck', () => void require('./contract/liveCheckTests.cts'));
describe('sandboxSeed', () => void require('./contract/sandboxSeedTests.cts'));
