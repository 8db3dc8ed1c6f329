/** Name of a branch that looks like a tag. */
export const NAME_WITH_TAG = 'ร้านทอง <สาขา 2>';

/** Text that would change an email, a page or a message if it were not escaped. */
export const EVIL_TEXT = `<b>Evil</b> & "Co" <script>alert(1)</script> A & B <!channel> ${NAME_WITH_TAG}`;

/** Escapes a text as Slack, Telegram and HTML require it. */
export const escapeText = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
