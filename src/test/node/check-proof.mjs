// Checks that an entry stands in a consent ledger: node check-proof.mjs ENTRY PROOF KEYS
// ENTRY holds the entry's bytes, PROOF a c2sp.org/tlog-proof, KEYS a line name+id+key for each public key.
// Written from RFC 6962, RFC 9162 and the C2SP documents alone; it shares nothing with the product or with Verify.java.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [entryFile, proofFile, keysFile] = process.argv.slice(2);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left, right) => sha256(Buffer.from([1]), left, right);
const fail = why => { console.log(why); process.exit(1); };

// The proof: a header, the index, the audit path, an empty line, and the signed checkpoint.
const proof = readFileSync(proofFile, 'utf8');
const gap = proof.indexOf('\n\n');
const [header, ...lines] = proof.slice(0, gap).split('\n');
if (header !== 'c2sp.org/tlog-proof@v1') fail('not a proof');
if (lines[0].startsWith('extra ')) lines.shift();
const index = BigInt(/^index (\d+)$/.exec(lines.shift())[1]);
const path = lines.map(line => Buffer.from(line, 'base64'));

// The checkpoint: origin, size, root, an empty line, and signature lines.
const note = proof.slice(gap + 2);
const end = note.lastIndexOf('\n\n') + 1;
const text = note.slice(0, end);
const [origin, size, root] = text.split('\n');
const signed = readFileSync(keysFile, 'utf8').trim().split('\n').some(line => {
  const [name, id, ...rest] = line.split('+');
  const typed = Buffer.from(rest.join('+'), 'base64'); // a byte 1 for Ed25519, then 32 bytes
  if (sha256(Buffer.from(name + '\n'), typed).subarray(0, 4).toString('hex') !== id || name !== origin) return false;
  const x = typed.subarray(1).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return note.slice(end + 1).split('\n').filter(s => s.startsWith(`\u2014 ${name} `)).some(s => {
    const signature = Buffer.from(s.slice(name.length + 3), 'base64');
    return signature.subarray(0, 4).toString('hex') === id
      && verify(null, Buffer.from(text), key, signature.subarray(4));
  });
});
if (!signed) fail('the checkpoint is not signed by a known key');

// RFC 9162, section 2.1.3.2.
let fn = index, sn = BigInt(size) - 1n, hash = sha256(Buffer.from([0]), readFileSync(entryFile));
if (fn > sn) fail('the entry lies outside of the checkpoint');
for (const sibling of path) {
  if (sn === 0n) fail('the path is too long');
  if (fn & 1n || fn === sn) {
    hash = node(sibling, hash);
    while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
  } else {
    hash = node(hash, sibling);
  }
  fn >>= 1n;
  sn >>= 1n;
}
if (sn !== 0n || hash.toString('base64') !== root) fail('the entry does not lead to the root');
console.log(`entry ${index} of ${size} stands in ${origin}`);
