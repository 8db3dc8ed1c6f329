// Faults of GoFive and of the network in the engine.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('faultsAfterSending', () => void require('./faults/faultsAfterSendingTests.cts'));
describe('faultsMidExecution', () => void require('./faults/faultsMidExecutionTests.cts'));
describe('faultsNetwork', () => void require('./faults/faultsNetworkTests.cts'));
describe('outcomes', () => void require('./faults/outcomesTests.cts'));
