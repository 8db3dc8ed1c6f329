import { generateKeyPairSync, sign } from 'node:crypto';

/** Encodes an element of DER: tag, length, content. */
function encodeDer(tag: number, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	const { length } = body;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const encodeSequence = (...content: Buffer[]) => encodeDer(0x30, ...content);
const ECDSA_WITH_SHA256_OID = encodeSequence(encodeDer(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const COMMON_NAME_OID = encodeDer(0x06, Buffer.from('550403', 'hex'));

function encodePem(label: string, bytes: Buffer): string {
	return `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** Creates a key and a self-signed certificate for `localhost`, valid from 2020 to 2049. */
export function createSelfSignedCertificate(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const subjectName = encodeSequence(
		encodeDer(0x31, encodeSequence(COMMON_NAME_OID, encodeDer(0x0c, Buffer.from('localhost')))),
	);
	const encodeTime = (text: string) => encodeDer(0x17, Buffer.from(text));
	const certificateBody = encodeSequence(
		encodeDer(0x02, Buffer.from([1])),
		ECDSA_WITH_SHA256_OID,
		subjectName,
		encodeSequence(encodeTime('200101000000Z'), encodeTime('490101000000Z')),
		subjectName,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = encodeDer(0x03, Buffer.from([0]), sign('sha256', certificateBody, privateKey));
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: encodePem('CERTIFICATE', encodeSequence(certificateBody, ECDSA_WITH_SHA256_OID, signature)),
	};
}
