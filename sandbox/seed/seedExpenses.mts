import { buildOncePerDay, formatThaiTime, pickByIndex, toWorkday } from './seedCalendar.mts';
import { SEED_EMPLOYEES } from './seedEmployees.mts';

/** Number of expenses, one for each day. */
const EXPENSE_COUNT = 60;
const FIRST_EXPENSE_ID = 1042;

const EXPENSES: ReadonlyArray<{ subject: string; details: Array<[typeId: number, amount: number, note: string]> }> = [
	{
		subject: 'เดินทางพบลูกค้าเชียงใหม่',
		details: [
			[1006, 2100.5, 'ตั๋วเครื่องบิน'],
			[1001, 1350, 'โรงแรม 1 คืน'],
		],
	},
	{ subject: 'Lunch with a customer', details: [[1002, 860, 'Four persons']] },
	{ subject: 'ค่าน้ำมันรถเยี่ยมลูกค้า', details: [[1003, 1240, 'ตามใบเสร็จ']] },
	{ subject: 'Taxi to the new branch', details: [[1006, 320, 'Both ways']] },
	{ subject: 'ประชุมทีมขายประจำเดือน', details: [[1008, 1500, 'อาหารว่าง']] },
	{ subject: 'Barista training', details: [[1005, 4500, 'Course fee']] },
	{ subject: 'ประชุมทีมช่าง', details: [[1007, 780, 'อาหารกลางวัน']] },
	{ subject: 'Samples by courier', details: [[1004, 245, 'Three parcels']] },
	{
		subject: 'Visit to customers in Phuket',
		details: [
			[1006, 3180, 'Flight'],
			[1001, 2400, 'Two nights'],
			[1002, 1150, 'Dinner'],
		],
	},
	{ subject: 'ค่าทางด่วนและที่จอดรถ', details: [[1006, 190, 'ตามใบเสร็จ']] },
];

/** Builds the expenses of the last two months, the newest first. */
export const buildSeedExpenses = buildOncePerDay((today) =>
	Array.from({ length: EXPENSE_COUNT }, (_, index) => {
		const date = toWorkday(today.minus({ days: index }));
		const { subject, details } = pickByIndex(EXPENSES, index);
		return {
			expenseId: FIRST_EXPENSE_ID + index,
			expenseNo: `EX${date.toFormat('yyMM')}${String(EXPENSE_COUNT - index).padStart(5, '0')}`,
			dateTransaction: formatThaiTime(date),
			dateCreated: formatThaiTime(date.plus({ hours: 17, minutes: (index * 7) % 60 })),
			createdByUserId: pickByIndex(SEED_EMPLOYEES, index).userId,
			// The older ones are approved.
			statusId: index < 10 ? 302 : 303,
			subject,
			remark: null,
			expenseStates: [],
			expenseDetails: details.map(([expenseTypeId, amount1, note]) => ({
				expenseTypeId,
				amount1,
				note,
				categoryId: 3,
			})),
		};
	}),
);
