// Here: rules about the repository itself: names, generated files, what is published, conventions of operations, and
// the contract of each input.
// Not here: anything that runs an operation.
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('currentValues', () => void require('./architecture/currentValuesTests.cts'));
describe('documentLength', () => void require('./architecture/documentLengthTests.cts'));
describe('entityColumns', () => void require('./architecture/entityColumnsTests.cts'));
describe('exampleRules', () => void require('./architecture/exampleRulesTests.cts'));
describe('exportedNames', () => void require('./architecture/exportedNamesTests.cts'));
describe('fieldContract', () => void require('./architecture/fieldContractTests.cts'));
describe('generatedFiles', () => void require('./architecture/generatedFilesTests.cts'));
describe('operationConventions', () => void require('./architecture/operationConventionsTests.cts'));
describe('publishing', () => void require('./architecture/publishingTests.cts'));
describe('sentRequests', () => void require('./architecture/sentRequestsTests.cts'));
describe('reader', () => void require('./architecture/readerTests.cts'));
describe('textLength', () => void require('./architecture/textLengthTests.cts'));
