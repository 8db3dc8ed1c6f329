const USER_ID_PREFIX = '3f0c2d84-6a1b-4c57-9e20-';

/** Codes, names and roles. The examples of the contract contain the codes of the first three employees. */
const EMPLOYEES: ReadonlyArray<readonly [staffCode: string, fullname: string, role: string]> = [
	['staff01', 'สมหญิง ใจดี', 'Sales Manager'],
	['staff02', 'Somchai Jaidee', 'Sales'],
	['00004', 'มานะ รักงาน', 'Service Manager'],
	['staff03', 'กมลชนก ศรีสุวรรณ', 'Sales'],
	['staff04', 'Anucha Boonmee', 'Sales'],
	['staff05', 'พิมพ์ชนก วงศ์ทอง', 'Sales'],
	['staff06', 'Nattapong Saelim', 'Sales'],
	['staff07', 'ธีรภัทร แก้วมณี', 'Service Engineer'],
	['staff08', 'Siriporn Chaiyasit', 'Accounting'],
	['staff09', 'ปิยะดา สุขสวัสดิ์', 'Marketing'],
	['staff10', 'Thanawat Rattanakul', 'Service Engineer'],
	['staff11', 'วรรณา พงษ์ไพร', 'Sales Support'],
];

/** Builds the user ID that the examples of the contract contain, or one with the number of the employee. */
const buildUserId = (staffCode: string, number: number): string =>
	staffCode === '00004' ? '00000000-0000-0000-0000-000000000001' : USER_ID_PREFIX + String(number).padStart(12, '0');

/** Employees of the company. */
export const SEED_EMPLOYEES = EMPLOYEES.map(([staffCode, fullname, role], index) => ({
	userId: buildUserId(staffCode, index + 1),
	staffCode,
	fullname,
	role,
}));

/** Employees who have customers. */
export const SEED_SALESPERSONS = SEED_EMPLOYEES.filter(
	({ role }) => role.startsWith('Sales') && role !== 'Sales Support',
);
