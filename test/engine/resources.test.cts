// Here: what is specific to an operation or a resource.
// Not here: what all operations share (operation/, everyOperation/).
// A module of tests is loaded inside its describe block, so that its hooks run for its own tests.

describe('account', () => void require('./resources/accountTests.cts'));
describe('case', () => void require('./resources/caseTests.cts'));
describe('chat', () => void require('./resources/chatTests.cts'));
describe('columns', () => void require('./resources/columnsTests.cts'));
describe('contractResource', () => void require('./resources/contractResourceTests.cts'));
describe('customer', () => void require('./resources/customerTests.cts'));
describe('customerEventGetAll', () => void require('./resources/customerEventGetAllTests.cts'));
describe('customerEventWrites', () => void require('./resources/customerEventWritesTests.cts'));
describe('deal', () => void require('./resources/dealTests.cts'));
describe('expense', () => void require('./resources/expenseTests.cts'));
describe('getByCustomerCode', () => void require('./resources/getByCustomerCodeTests.cts'));
describe('product', () => void require('./resources/productTests.cts'));
describe('quotation', () => void require('./resources/quotationTests.cts'));
describe('rejectedInputs', () => void require('./resources/rejectedInputsTests.cts'));
describe('salesOrder', () => void require('./resources/salesOrderTests.cts'));
describe('sendRequest', () => void require('./resources/sendRequestTests.cts'));
describe('updateFields', () => void require('./resources/updateFieldsTests.cts'));
