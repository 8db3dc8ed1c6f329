// Here: what the runner does for all operations, shown with one or two of them: batches, pages, dates, empty
// expressions, lists of the form, items, hints.
// Not here: the forms of a response, and how pages and dates are computed (unit/), and what a single operation does
// (resources/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('addedNames', () => void require('./operation/addedNamesTests.cts'));
describe('batches', () => void require('./operation/batchesTests.cts'));
describe('blankExpressions', () => void require('./operation/blankExpressionsTests.cts'));
describe('dates', () => void require('./operation/datesTests.cts'));
describe('listNames', () => void require('./operation/listNamesTests.cts'));
describe('lists', () => void require('./operation/listsTests.cts'));
describe('loadOptions', () => void require('./operation/loadOptionsTests.cts'));
describe('memoryUsage', () => void require('./operation/memoryUsageTests.cts'));
describe('pagination', () => void require('./operation/paginationTests.cts'));
describe('parts', () => void require('./operation/partsTests.cts'));
describe('pathParts', () => void require('./operation/pathPartsTests.cts'));
describe('responseForms', () => void require('./operation/responseFormsTests.cts'));
describe('responseHandling', () => void require('./operation/responseHandlingTests.cts'));
describe('untrustedTexts', () => void require('./operation/untrustedTextsTests.cts'));
describe('untypedIds', () => void require('./operation/untypedIdsTests.cts'));
