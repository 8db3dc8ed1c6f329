import { buildOncePerDay, formatThaiTime } from './seedCalendar.mts';
import { SEED_EMPLOYEES } from './seedEmployees.mts';

const FIRST_DEAL_ID = 4711;

/** Stages by ID. Deals in the last one are won. */
export const DEAL_STAGES = { 10: 'ติดต่อครั้งแรก', 11: 'เสนอราคา', 12: 'ต่อรองราคา', 13: 'ปิดการขาย' } as const;

/** Probabilities of a sale in percent, by stage. */
const PROBABILITIES = { 10: 20, 11: 40, 12: 60, 13: 100 } as const;

const DEALS: ReadonlyArray<
	readonly [
		name: string,
		customerCode: string,
		value: number,
		stageId: keyof typeof DEAL_STAGES,
		quantity: number,
		unit: string,
		notes: string | null,
	]
> = [
	['ระบบขายหน้าร้าน 3 สาขา', 'C000055', 250_000, 11, 3, 'ชุด', 'รอใบสั่งซื้อจากฝ่ายจัดซื้อ'],
	['เครื่องคั่วกาแฟ', 'C000201', 90_000, 12, 1, 'เครื่อง', null],
	['Coffee corner for the canteen', 'C000154', 171_800, 11, 1, 'ชุด', 'Decision after the budget meeting'],
	['Lobby coffee bar', 'C000517', 105_800, 12, 1, 'ชุด', 'Asked for installation before the high season'],
	['เมล็ดกาแฟรายปี', 'C000458', 297_600, 13, 480, 'ถุง', 'สั่งเดือนละ 40 ถุง'],
	['ลิ้นชักและเครื่องพิมพ์ใบเสร็จ', 'C000412', 15_600, 13, 2, 'ชุด', null],
	['POS for the farm shop', 'C000483', 49_400, 10, 1, 'ชุด', 'Wants a demo in the shop'],
	['POS for four food stalls', 'C000349', 197_600, 11, 4, 'ชุด', null],
	['ห้องพักผ่อนพนักงาน', 'C000431', 93_400, 10, 1, 'ชุด', 'ขอแคตตาล็อก'],
	['Tea shop at the estate', 'P000126', 83_900, 11, 1, 'ชุด', 'Compares three suppliers'],
	['Crew lounge espresso machine', 'C000427', 75_000, 12, 1, 'เครื่อง', null],
	['สัญญาบำรุงรักษา 2 ปี', 'C000466', 36_000, 13, 2, 'ปี', 'ลงนามแล้ว'],
	['มุมกาแฟสำหรับลูกค้า', 'C000502', 93_400, 11, 1, 'ชุด', 'รอผู้จัดการอนุมัติ'],
	['Barcode scanners for the warehouse', 'C000154', 29_000, 13, 10, 'ชิ้น', null],
	['คาเฟ่ริมน้ำ', 'L000311', 210_600, 10, 1, 'ชุด', 'นัดดูสถานที่'],
	['Second roaster', 'C000201', 90_000, 10, 1, 'เครื่อง', 'Only if the new shop opens'],
];

/** Builds the deals of the last two months. */
export const buildSeedDeals = buildOncePerDay((today) =>
	DEALS.map(([dealsName, customerCode, dealsValue, dealStageId, dealQuantity, measure, notes], index) => {
		const date = today.minus({ days: 60 - 3 * index });
		return {
			dealsId: FIRST_DEAL_ID + index,
			dealNo: `D${date.toFormat('yyMM')}${String(44 + index).padStart(5, '0')}`,
			dealsName,
			customerCode,
			dealsValue,
			dealStageId,
			notes,
			dealQuantity,
			measure,
			dealsDate: formatThaiTime(date),
			dealsIndex: index + 1,
			expectedCloseDate: formatThaiTime(date.plus({ days: 60 })),
			probability: PROBABILITIES[dealStageId],
			// Named as in the request of Create. No response has shown the assignee.
			assignTo: SEED_EMPLOYEES[index % SEED_EMPLOYEES.length]?.staffCode,
			boardId: 1,
			isActive: true,
			isAction: true,
			isEdit: true,
			createByUserId: SEED_EMPLOYEES[0]?.userId,
			dateCreated: formatThaiTime(date),
			// Ten days after the deal was created. Every fourth deal has never changed.
			dateModified: index % 4 === 0 ? null : formatThaiTime(date.plus({ days: 10 })),
			dealsInterests: [],
			dealsLabels: [],
		};
	}),
);
