/** Text of an event. `{contact}`, `{machine}` and `{supply}` are replaced. */
interface EventText {
	eventType: number;
	name: string;
	description: string;
}

const toTexts = (texts: ReadonlyArray<readonly [type: number, name: string, description: string]>): EventText[] =>
	texts.map(([eventType, name, description]) => ({ eventType, name, description }));

/** Number of texts at the start of each list that also fit a customer who has not bought anything. */
export const PRE_SALES_TEXT_COUNT = 8;

/** Texts for customers with an English name. */
export const ENGLISH_EVENT_TEXTS = toTexts([
	[1, 'Meeting with {contact} about {machine}', 'Showed samples. The price is within the budget.'],
	[2, 'Call {contact} about the quotation', 'Will decide after the board meeting.'],
	[3, 'Follow up the quotation for {machine}', 'Another supplier is cheaper. Asked for 3% off.'],
	[4, 'Site visit at the new branch', 'Measured the counter. Power and water are ready.'],
	[1, 'Product demo: {machine}', 'Five people came. {contact} asked for a quotation.'],
	[2, 'Call back {contact}', 'Asked for the catalog and the price list.'],
	[3, 'Confirm the appointment with {contact}', 'Confirmed.'],
	[1, 'Contract talk with {contact}', 'Payment within 45 days instead of 30.'],
	[2, 'Call about a reorder of {supply}', 'Same quantity as last time.'],
	[4, 'Checkup of {machine}', 'Cleaned and adjusted. No parts needed.'],
	[2, 'Call about an overdue invoice', 'Payment promised for next week.'],
	[1, 'Quarterly review with {contact}', 'Satisfied with deliveries. Wants an offer for the next quarter.'],
	[3, 'Follow up after the delivery of {machine}', 'Everything works.'],
	[7, 'Late delivery of {supply}', 'Two days late. Apologized, 5% off the next order.'],
	[4, 'Training for new staff', 'Six people, two hours on site.'],
	[2, 'Delivery date of {supply}', 'Tuesday morning. {contact} will be there.'],
]);

/** Texts for customers with a Thai name. */
export const THAI_EVENT_TEXTS = toTexts([
	[1, 'ประชุมกับ{contact}เรื่อง {machine}', 'นำตัวอย่างไปให้ดู ราคาอยู่ในงบประมาณ'],
	[3, 'โทรติดตามใบเสนอราคา', 'ลูกค้าขอเวลาตัดสินใจ 1 สัปดาห์'],
	[2, 'โทรหา{contact}เรื่องราคา {machine}', 'ขอส่วนลด 3%'],
	[4, 'เยี่ยมลูกค้าที่สาขาใหม่', 'วัดพื้นที่เคาน์เตอร์ ระบบไฟและน้ำพร้อม'],
	[1, 'สาธิตการใช้งาน {machine}', 'มีผู้เข้าร่วม 5 คน {contact}ขอใบเสนอราคา'],
	[2, 'โทรกลับ{contact}', 'ขอแคตตาล็อกและรายการราคา'],
	[3, 'โทรยืนยันนัดหมายกับ{contact}', 'ยืนยันแล้ว'],
	[1, 'เจรจาเงื่อนไขการชำระเงิน', 'ขยายเครดิตจาก 30 เป็น 45 วัน'],
	[3, 'โทรสอบถามการสั่งซื้อ {supply} เพิ่ม', 'สั่งเท่าเดิม ขอรับก่อนสิ้นเดือน'],
	[4, 'ตรวจเช็ก {machine}', 'ทำความสะอาดและปรับตั้งค่า ไม่ต้องเปลี่ยนอะไหล่'],
	[2, 'โทรแจ้งใบวางบิลค้างชำระ', 'จะโอนเงินภายในสัปดาห์หน้า'],
	[1, 'ประชุมทบทวนยอดสั่งซื้อกับ{contact}', 'พอใจกับการจัดส่ง ขอใบเสนอราคาไตรมาสหน้า'],
	[3, 'โทรติดตามหลังส่งมอบ {machine}', 'ใช้งานได้ดี'],
	[7, '{machine} ชำรุด', 'เปลี่ยนสินค้าให้ใหม่แล้ว'],
	[4, 'อบรมพนักงานใหม่', 'ผู้เข้าอบรม 6 คน ใช้เวลา 2 ชั่วโมง'],
	[2, 'โทรแจ้งวันจัดส่ง {supply}', 'ส่งวันอังคารช่วงเช้า {contact}รอรับ'],
]);
