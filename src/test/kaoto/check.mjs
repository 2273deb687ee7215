// Opens every route file in Kaoto's model, changes it there as a person does, and compares what is saved.
//   node check.mjs [FOLDER]   what was saved goes to FOLDER, so that the product can be asked whether it takes it
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadKaoto } from './kaoto.mjs';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const saved = process.argv[2];
const kaoto = await loadKaoto();
const comments = (text) => text.split('\n').filter((line) => /^\s*#/.test(line)).map((line) => line.trim());
const ended = ' Edited in Kaoto.';
let failures = 0;
let nodes = 0;

/** Every node's form is opened and saved as it is; the first one's description is changed. */
function edit(node, first) {
  const form = node.getComponentSchema();
  assert.equal(node.getNodeValidationText() || '', '', `${node.getId()} is marked as wrong`);
  if (form && typeof form.definition === 'object' && !node.data.isPlaceholder) {
    const definition = structuredClone(form.definition);
    if (first) definition.description += ended;
    node.updateModel(definition);
    nodes += 1;
  }
  node.getChildren()?.forEach((child) => edit(child, false));
}

async function check(folder, name) {
  const before = fs.readFileSync(path.join(repository, folder, name), 'utf8');
  const resource = kaoto.open(name, before);
  const shown = resource.getVisualEntities();
  const wanted = parse(before);
  const hidden = wanted.filter((entity) => entity.routeTemplate);
  assert.equal(shown.length, wanted.length - hidden.length, 'everything but route templates is on the canvas');
  shown.forEach((entity) => edit(entity.toVizNode(), true));
  const after = await resource.toString();
  for (const entity of wanted) {
    const inside = entity.route ?? entity.routeConfiguration;
    if (inside) inside.description += ended;
  }
  assert.deepEqual(parse(after), wanted);
  assert.deepEqual(comments(after), comments(before), 'Kaoto keeps only the comments at the top of a file');
  assert.deepEqual(parse(await kaoto.open(name, after).toString()), wanted, 'a second time');
  if (saved && folder === 'routes') fs.writeFileSync(path.join(saved, name), after);
}

if (saved) fs.mkdirSync(saved, { recursive: true });
let files = 0;
for (const folder of ['routes', 'docs/examples/extending/routes']) {
  for (const name of fs.readdirSync(path.join(repository, folder)).filter((file) => file.endsWith('.camel.yaml'))) {
    files += 1;
    try {
      await check(folder, name);
    } catch (broken) {
      failures += 1;
      console.error(`${folder}/${name}: ${broken.message}`);
    }
  }
}
console.log(`${nodes} nodes of ${files} files edited in Kaoto's model, with its catalog of Camel ${kaoto.camel}`);
console.log(`${files - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
