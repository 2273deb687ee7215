// Kaoto's model without its screens: what it imports of them is left empty, and it runs in Node as it does in a browser.
import { build } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const kaoto = path.join(here, 'node_modules/@kaoto/kaoto/lib');
const model = path.join(kaoto, 'esm/models');

/** Packages of the screens that are not installed are taken for empty. */
const withoutScreens = {
  name: 'without-screens',
  setup(bundler) {
    bundler.onResolve({ filter: /^(react|monaco|@patternfly\/)/ }, async ({ path: asked, pluginData, ...from }) => {
      if (pluginData === withoutScreens) return undefined;
      const found = await bundler.resolve(asked, { ...from, pluginData: withoutScreens });
      return found.errors.length === 0 ? found : { path: asked, namespace: 'empty' };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = new Proxy({}, {});' }));
  },
};

/** Things of a browser that Kaoto's files touch when they are loaded. */
function pretendBrowser() {
  globalThis.window ??= globalThis;
  globalThis.document ??= { addEventListener() {}, createElement: () => ({ style: {}, setAttribute() {}, appendChild() {} }) };
  globalThis.localStorage ??= { getItem: () => null, setItem() {}, removeItem() {} };
  for (const type of ['DOMParser', 'XMLSerializer', 'Element', 'HTMLElement', 'Node']) globalThis[type] ??= class {};
}

/** Loads the model with the newest catalog of Camel Main that this Kaoto has. */
export async function loadKaoto() {
  const bundle = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kaoto-')), 'kaoto.cjs');
  await build({
    stdin: {
      contents: `
        export { CamelResourceFactory } from '${model}/camel/camel-resource-factory.js';
        export { CamelCatalogService } from '${model}/visualization/flows/camel-catalog.service.js';`,
      resolveDir: here,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: bundle,
    logLevel: 'error',
    loader: Object.fromEntries(['.svg', '.png', '.jpg', '.css', '.scss', '.ttf', '.woff', '.woff2'].map((kind) => [kind, 'empty'])),
    plugins: [withoutScreens],
  });
  pretendBrowser();
  const { CamelResourceFactory, CamelCatalogService } = createRequire(import.meta.url)(bundle);
  fs.rmSync(path.dirname(bundle), { recursive: true });
  const catalogs = path.join(kaoto, 'camel-catalog');
  const { definitions } = JSON.parse(fs.readFileSync(path.join(catalogs, 'index.json'), 'utf8'));
  const main = definitions.find((each) => each.runtime === 'Main');
  const index = path.join(catalogs, main.fileName);
  const kinds = { components: 'component', models: 'processor', patterns: 'pattern', entities: 'entity', languages: 'language', dataformats: 'dataformat', loadbalancers: 'loadbalancer', functions: 'function' };
  for (const [name, { file }] of Object.entries(JSON.parse(fs.readFileSync(index, 'utf8')).catalogs)) {
    CamelCatalogService.setCatalogKey(kinds[name] ?? name, JSON.parse(fs.readFileSync(path.join(path.dirname(index), file), 'utf8')));
  }
  return { open: (name, text) => CamelResourceFactory.createCamelResource(text, { path: name }), camel: main.version };
}
