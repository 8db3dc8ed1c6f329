// Here: what a user sees after each outcome of a request, once for each kind of operation, and faults at a certain
// moment of an execution.
// Not here: which response leads to which outcome, and how often a request is sent again (unit/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('faultsAfterSending', () => void require('./faults/faultsAfterSendingTests.cts'));
describe('faultsMidExecution', () => void require('./faults/faultsMidExecutionTests.cts'));
describe('faultsNetwork', () => void require('./faults/faultsNetworkTests.cts'));
describe('outcomes', () => void require('./faults/outcomesTests.cts'));
