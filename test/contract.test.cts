// The sandbox against the contract, over HTTP.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('sandbox', () => void require('./contract/sandboxTests.cts'));
describe('sandboxControl', () => void require('./contract/sandboxControlTests.cts'));
describe('sandboxRecords', () => void require('./contract/sandboxRecordsTests.cts'));
describe('sandboxFaults', () => void require('./contract/sandboxFaultsTests.cts'));
