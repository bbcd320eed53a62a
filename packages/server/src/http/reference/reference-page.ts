import type { OpenApiDocument, Operation, Parameter } from '../openapi/openapi-document.ts';
import { escapeHtml, proseHtml } from './escape-html.ts';
import { renderSchema } from './schema-tree.ts';

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The API reference: one page, no script, made from the OpenAPI document. */
export function renderReference(document: OpenApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    entries: entries.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const navigation = groups
    .map(
      ({ name, entries: own }) =>
        `<h2><a href="#${anchor(name)}">${escapeHtml(name)}</a></h2><ul>${own.map(navigationItem).join('')}</ul>`,
    )
    .join('');
  const sections = groups
    .map(
      ({ name, description, entries: own }) =>
        `<section id="${anchor(name)}"><h2>${escapeHtml(name)}</h2><p>${escapeHtml(description)}</p>${own.map(renderOperation).join('')}</section>`,
    )
    .join('');
  const schemas = Object.entries(document.components.schemas)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([name, schema]) =>
        `<article id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${renderSchema(schema)}</article>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tenth API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/reference.css">
</head>
<body>
<a class="skip" href="#main">Skip to the operations</a>
<header><a class="mark" href="/api/">Tenth <span>API</span></a><nav aria-label="Other pages"><a href="/api/openapi.json">OpenAPI 3.1</a><a href="/console/">Console</a></nav></header>
<div class="columns">
<nav class="contents" aria-label="Operations">${navigation}<h2><a href="#schemas">Schemas</a></h2></nav>
<main id="main">
${introduction(String(document.info.version))}
${sections}
<section id="schemas"><h2>Schemas</h2><p>Named parts of bodies and replies. In an <code>…Input</code>, whatever has a default may be left out.</p>${schemas}</section>
</main>
</div>
</body>
</html>
`;
}

function introduction(version: string): string {
  return `<section><h1>Tenth API <small>${escapeHtml(version)}</small></h1>
<p>Events go in through Segment’s HTTP tracking API; the reply can carry what this one person should see now. Everything the console does, a script can do through <code>/api/v1</code>.</p>
<dl class="facts">
<dt>Collection</dt><dd>The write key as user name of Basic authentication, or <code>writeKey</code> in the body. It is public: it lets events in and nothing out but what is to be shown.</dd>
<dt>Administration</dt><dd><code>Authorization: Bearer</code> and an API key with the scope <code>read</code> or <code>write</code>.</dd>
<dt>Errors</dt><dd><code>application/problem+json</code> (RFC 9457) with the path of the offending <code>field</code> and a <code>requestId</code> that finds it in the log.</dd>
<dt>Times</dt><dd>ISO 8601 with offset. Periods include their start and exclude their end.</dd>
</dl>
<pre><code>curl -u WRITE_KEY: -H 'Content-Type: application/json' \\
  -d '{"anonymousId":"a1","event":"Product Viewed","properties":{"product_id":"p1"},"decide":true}' \\
  http://localhost:4800/v1/track</code></pre></section>`;
}

const anchor = (name: string): string => escapeHtml(name.toLowerCase().replaceAll(/\W+/g, '-'));

function navigationItem({ method, path, operation }: Entry): string {
  return `<li><a href="#${escapeHtml(operation.operationId)}"><b class="${method}">${method}</b>${escapeHtml(path.replace('/api/v1', ''))}</a></li>`;
}

function renderOperation({ method, path, operation }: Entry): string {
  const body = Object.values(operation.requestBody?.content ?? {})[0];
  const replies = Object.entries(operation.responses).map(([status, { description, content }]) => {
    const schema = Object.values(content ?? {})[0]?.schema;
    return `<li><b class="s${status.charAt(0)}">${escapeHtml(status)}</b> ${proseHtml(description)}${schema === undefined || !status.startsWith('2') ? '' : renderSchema(schema)}</li>`;
  });
  return `<article id="${escapeHtml(operation.operationId)}">
<h3>${escapeHtml(operation.summary)}</h3>
<p class="path"><b class="${method}">${method}</b><code>${escapeHtml(path)}</code><span>${access(operation)}</span></p>
${operation.description === undefined ? '' : `<p>${proseHtml(operation.description)}</p>`}
${renderParameters(operation.parameters ?? [])}
${body === undefined ? '' : `<h4>Body</h4>${renderSchema(body.schema)}`}
<h4>Replies</h4><ul class="replies">${replies.join('')}</ul>
</article>`;
}

function access({ security }: Operation): string {
  const [first] = security;
  const scope = first?.apiKey?.[0];
  if (scope !== undefined) {
    return `scope ${escapeHtml(scope)}`;
  }
  return first?.writeKey === undefined ? 'open' : 'write key';
}

function renderParameters(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) {
    return '';
  }
  const properties = Object.fromEntries(
    parameters.map(({ name, schema, description }) => [
      name,
      { ...schema, ...(description === undefined ? {} : { description }) },
    ]),
  );
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  return `<h4>Parameters</h4>${renderSchema({ type: 'object', properties, required })}`;
}
