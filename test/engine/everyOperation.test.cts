// Here: promises that each operation declares itself, checked for all of them, so that a new operation is covered: its
// effect, its fields, its columns, the examples of the contract, and what is read back after a write.
// Not here: rules of the runner, which are the same for all operations (operation/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('addedFields', () => void require('./everyOperation/addedFieldsTests.cts'));
describe('contractExamples', () => void require('./everyOperation/contractExamplesTests.cts'));
describe('everyField', () => void require('./everyOperation/everyFieldTests.cts'));
describe('loggedValues', () => void require('./everyOperation/loggedValuesTests.cts'));
describe('writtenRecords', () => void require('./everyOperation/writtenRecordsTests.cts'));
describe('lostResponses', () => void require('./everyOperation/lostResponsesTests.cts'));
describe('sentValues', () => void require('./everyOperation/sentValuesTests.cts'));
