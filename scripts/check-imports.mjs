// Holds imports to the direction of the data flow: what may know what, no cycles, and the process's
// environment in config/ alone.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './workspaces.mjs';

/** Which packages a package may import from. */
const packageRules = {
  'packages/model': [],
  'packages/engine': ['packages/model'],
  'packages/browser': ['packages/model'],
  'packages/console': ['packages/model', 'packages/engine'],
  'packages/server': ['packages/model', 'packages/engine', 'examples/demo-shop'],
  'examples/demo-shop': ['packages/model', 'packages/engine'],
  e2e: ['packages/model', 'packages/engine', 'packages/server', 'examples/demo-shop'],
  bench: ['packages/model', 'packages/engine', 'packages/server', 'e2e', 'examples/demo-shop'],
};

const stages = [
  'collect',
  'identify',
  'commit',
  'ship',
  'measure',
  'import',
  'lists',
  'replay',
  'explain',
  'simulate',
  'sweep',
  'backfill',
  'privacy',
];

/** Which folders of the server a folder may import from; a stage may import no other stage. */
const serverRules = {
  ...Object.fromEntries(stages.map((stage) => [stage, []])),
  // Who an event belongs to is decided again whenever a commit is lost to another server, so the
  // pipeline in `commit` calls the pure functions of `identify`.
  commit: ['identify'],
  // The log is read by what `measure` has for it; who an event made known is a rule of `identify`.
  replay: ['measure', 'identify'],
  explain: ['replay', 'measure'],
  simulate: ['replay', 'measure', 'lists'],
  // Whom time or a new plan concerns goes the way of an event.
  sweep: ['commit', 'background'],
  backfill: ['commit', 'identify', 'measure', 'admin', 'background'],
  // Who an event belongs to is a rule of `identify`; a list without somebody is the next version of the plan.
  privacy: ['identify', 'lists', 'admin', 'background'],
  // A plan is compiled with the members of its lists.
  admin: ['lists'],
  background: [],
  telemetry: [],
  nodes: [],
  outgoing: [],
  config: ['nodes', 'outgoing'],
  stores: [...stages, 'admin', 'nodes'],
  http: [...stages, 'admin', 'telemetry'],
  demo: ['config', 'admin'],
  // The composition root and the commands know everything.
  assembly: ['*'],
  cli: ['*'],
  '': ['*'],
};

/** `file -> file`, each with its reason. May only get shorter. */
const exceptions = new Map([]);

const serverSource = 'packages/server/src/';
/** Commands call the server that whoever runs them has named. */
const mayCallOut = (path) =>
  path.startsWith(`${serverSource}outgoing/`) || path.startsWith(`${serverSource}cli/`);
/** Of Node's network modules: what opens no connection. */
const opensNothing = new Set(['createServer', 'isIP', 'isIPv4', 'isIPv6', 'IncomingMessage']);
const waysOut = {
  fetch: (text) => /(?<![\w.'"`-])fetch\s*\(|\bglobalThis\.fetch\b/.test(text),
  WebSocket: (text) => /\bnew (?:WebSocket|EventSource)\b/.test(text),
  'an HTTP client': (text) => /from '(?:undici|axios|got|node-fetch|nodemailer)'/.test(text),
  'a connection of Node’s': (text) =>
    [
      ...text.matchAll(
        /import ([^;]*?) from 'node:(?:https?|http2|net|tls|dgram|dns|dns\/promises)'/g,
      ),
    ]
      .flatMap(([, imported]) => (imported.startsWith('type ') ? [] : imported.split(/[{},]/)))
      .map((name) => name.trim())
      .some((name) => name !== '' && !name.startsWith('type ') && !opensNothing.has(name)),
};
const isTest = (path) =>
  /\.(test|bench|e2e)\.ts$/.test(path) || /\/(testing|fixtures)\//.test(path);
const complaints = [];
const graph = new Map();

for (const owner of Object.keys(packageRules)) {
  for (const path of sourcesIn(join(root, owner))) {
    readImports(owner, relative(root, path));
  }
}
findCycles();
for (const line of complaints) {
  console.error(`  ${line}`);
}
process.stdout.write(`  ${graph.size} files, ${complaints.length} complaints\n`);
process.exit(complaints.length > 0 ? 1 : 0);

function* sourcesIn(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      if (name !== 'node_modules' && name !== 'dist') {
        yield* sourcesIn(path);
      }
    } else if (/\.tsx?$/.test(name)) {
      yield path;
    }
  }
}

function readImports(owner, path) {
  const text = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(
    /(?:^|[\n;])\s*(import|export)\s(?:(type)\s)?[^'";]*?from\s*'([^']+)'|(?:^|[\n;])\s*import\s*'([^']+)'|import\('([^']+)'\)/g,
  );
  const values = new Set();
  for (const [, , typeOnly, from, bare, dynamic] of found) {
    const target = resolveImport(path, from ?? bare ?? dynamic ?? '');
    if (target === undefined) {
      continue;
    }
    if (typeOnly === undefined) {
      values.add(target);
    }
    checkDirection(owner, path, target);
  }
  graph.set(path, values);
  if (path.startsWith(serverSource) && !isTest(path) && !mayCallOut(path)) {
    for (const [what, isIn] of Object.entries(waysOut)) {
      if (isIn(text)) {
        complain(path, what, 'the server calls out through packages/server/src/outgoing/ alone');
      }
    }
  }
  const usesEnvironment = /\bprocess\s*\.\s*env\b/.test(text);
  const isProduct = owner.startsWith('packages/') && !isTest(path) && path.includes('/src/');
  if (usesEnvironment && isProduct && !path.startsWith(`${serverSource}config/`)) {
    complain(path, 'process.env', 'the environment is read in packages/server/src/config/ alone');
  }
}

function resolveImport(path, specifier) {
  if (specifier.startsWith('.')) {
    return relative(root, resolve(root, dirname(path), specifier));
  }
  const [scope, name, ...rest] = specifier.split('/');
  if (scope !== '@tenth') {
    return undefined;
  }
  const folder = name === 'demo-shop' ? 'examples/demo-shop' : `packages/${name}`;
  return name === 'e2e' ? `e2e/${rest.join('/')}` : `${folder}/src/${rest.join('/')}`;
}

function checkDirection(owner, path, target) {
  const targetOwner = Object.keys(packageRules).find((name) => target.startsWith(`${name}/`));
  if (targetOwner !== undefined && targetOwner !== owner) {
    if (!packageRules[owner].includes(targetOwner) && !isTest(path)) {
      complain(path, target, `${owner} may not import ${targetOwner}`);
    }
  } else if (path.startsWith(serverSource) && target.startsWith(serverSource)) {
    checkServerFolder(path, target);
  }
  if (isTest(target) && !isTest(path) && !owner.startsWith('e2e') && !owner.startsWith('bench')) {
    complain(path, target, 'what is made for tests is imported by tests alone');
  }
}

function checkServerFolder(path, target) {
  const from = folderOf(path);
  const to = folderOf(target);
  const allowed = serverRules[from];
  if (allowed === undefined) {
    complain(path, target, `the folder ${from} has no rule in scripts/check-imports.mjs`);
  } else if (from !== to && !allowed.includes('*') && !allowed.includes(to) && !isTest(path)) {
    complain(path, target, `${from || 'main'} may not import ${to || 'main'}`);
  }
}

function folderOf(path) {
  const inside = path.slice(serverSource.length);
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : '';
}

function complain(path, target, reason) {
  if (!exceptions.has(`${path} -> ${target}`)) {
    complaints.push(`${path} -> ${target}: ${reason}`);
  }
}

/** Imports of types alone vanish when built, so they make no cycle. */
function findCycles() {
  const done = new Set();
  const visit = (path, trail) => {
    if (trail.includes(path)) {
      const cycle = [...trail.slice(trail.indexOf(path)), path];
      complain(cycle[0], cycle[1], `a cycle: ${cycle.join(' -> ')}`);
      return;
    }
    if (!done.has(path)) {
      for (const target of graph.get(path) ?? []) {
        visit(target, [...trail, path]);
      }
      done.add(path);
    }
  };
  for (const path of graph.keys()) {
    visit(path, []);
  }
}
