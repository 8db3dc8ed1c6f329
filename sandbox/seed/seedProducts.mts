const PRODUCTS: ReadonlyArray<
	readonly [
		productCode: string,
		productName: string,
		category: string,
		subCategory: string,
		productUnitName: string,
		price: number,
		cost: number,
		qty: number,
		lowStockAlert: number,
	]
> = [
	['A001', 'กาแฟคั่วบด 250 กรัม', 'เครื่องดื่ม', 'กาแฟ', 'ถุง', 180, 95.5, 120, 10],
	['A002', 'เมล็ดกาแฟคั่วกลาง 1 กก.', 'เครื่องดื่ม', 'กาแฟ', 'ถุง', 620, 380, 64, 10],
	['A003', 'เมล็ดกาแฟคั่วเข้ม 1 กก.', 'เครื่องดื่ม', 'กาแฟ', 'ถุง', 620, 380, 48, 10],
	['A004', 'ชาไทย 500 กรัม', 'เครื่องดื่ม', 'ชา', 'ถุง', 145, 82, 90, 15],
	['A005', 'ผงโกโก้ 500 กรัม', 'เครื่องดื่ม', 'โกโก้', 'ถุง', 210, 128, 37, 10],
	['B001', 'Espresso Machine, 2 Groups', 'Equipment', 'Coffee Machines', 'เครื่อง', 128_000, 96_500, 4, 2],
	['B002', 'Espresso Machine, 1 Group', 'Equipment', 'Coffee Machines', 'เครื่อง', 68_500, 51_200, 6, 2],
	['B003', 'Coffee Grinder 64 mm', 'Equipment', 'Grinders', 'เครื่อง', 24_900, 17_400, 11, 3],
	['B004', 'เครื่องคั่วกาแฟ 5 กก.', 'Equipment', 'Roasters', 'เครื่อง', 90_000, 68_000, 2, 1],
	['B005', 'Water Filter Set', 'Equipment', 'Accessories', 'ชุด', 5_900, 3_650, 18, 5],
	['B006', 'เครื่องปั่นน้ำผลไม้', 'Equipment', 'Blenders', 'เครื่อง', 7_800, 5_150, 9, 3],
	['B007', 'ตู้แช่เค้ก 120 ซม.', 'Equipment', 'Displays', 'เครื่อง', 38_500, 28_900, 3, 2],
	['C001', 'POS Terminal 15 Inch', 'POS', 'Terminals', 'เครื่อง', 32_000, 23_800, 14, 4],
	['C002', 'เครื่องพิมพ์ใบเสร็จ 80 มม.', 'POS', 'Printers', 'เครื่อง', 5_400, 3_700, 22, 5],
	['C003', 'Barcode Scanner', 'POS', 'Accessories', 'ชิ้น', 2_900, 1_850, 31, 5],
	['C004', 'ลิ้นชักเก็บเงิน', 'POS', 'Accessories', 'ชิ้น', 2_400, 1_490, 2, 5],
	['C005', 'กระดาษใบเสร็จ 80 มม. (50 ม้วน)', 'POS', 'Supplies', 'กล่อง', 950, 610, 75, 20],
	['S001', 'ติดตั้งและอบรมการใช้งาน', 'บริการ', 'ติดตั้ง', 'ครั้ง', 6_500, 0, 0, 0],
	['S002', 'สัญญาบำรุงรักษารายปี', 'บริการ', 'บำรุงรักษา', 'ปี', 18_000, 0, 0, 0],
	['S003', 'POS License, 1 Year', 'POS', 'Licenses', 'ชุด', 9_600, 4_800, 0, 0],
];

/** Products that the company sells. */
export const SEED_PRODUCTS = PRODUCTS.map(
	([productCode, productName, category, subCategory, productUnitName, price, cost, qty, lowStockAlert], index) => ({
		productCode,
		productName,
		category,
		subCategory,
		brandName: null,
		productBarcode: `885000${String(1_000_017 + 1_009 * index)}`,
		productUnitName,
		productDescription: '',
		qty,
		lowStockAlert,
		price,
		cost,
		prices: [
			{ priceTierName: 'Standard', regularPrice: price, salePrice: null, vatValue: 7, useDefaultVat: true },
			{ priceTierName: 'ราคาส่ง', regularPrice: (price * 9) / 10, salePrice: null, vatValue: 7, useDefaultVat: true },
		],
		// Services and licenses are not in stock.
		trackInventory: lowStockAlert > 0,
	}),
);
