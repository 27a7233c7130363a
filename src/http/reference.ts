import { hash } from 'node:crypto';
import type { Api } from './parts.ts';

/** The parts of an OpenAPI document that the reference shows. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Document {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem;color-scheme:light dark}
code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;padding:.5rem;border:1px solid #8884}
h3{margin-top:2rem;border-top:1px solid #8884;padding-top:1rem}table{border-collapse:collapse}
td,th{text-align:left;vertical-align:top;padding:.15rem .6rem .15rem 0}nav{columns:3}.scope{opacity:.7}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text with `code` in it. */
const prose = (text: string | undefined): string => escaped(text ?? '').replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** What a value is, in a few words; a shared schema by its name. */
function kindOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`;
  }
  if (schema.enum) return schema.enum.map((one) => `<code>${escaped(one)}</code>`).join(' ');
  if (schema.const !== undefined) return `<code>${escaped(JSON.stringify(schema.const))}</code>`;
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ');
  if (schema.items) return `list of ${kindOf(schema.items)}`;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? []).join(' or ');
  return escaped(schema.format === undefined ? type : `${type}, ${schema.format}`);
}

function fields(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const must = schema.required?.includes(name) ? '' : ' <i>optional</i>';
    const otherwise = field.default === undefined ? '' : ` Otherwise <code>${escaped(JSON.stringify(field.default))}</code>.`;
    return `<tr><td><code>${escaped(name)}</code>${must}</td><td>${kindOf(field)}</td><td>${prose(field.description)}${otherwise}</td></tr>`;
  });
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
}

function operation(method: string, path: string, op: Operation): string {
  const scopes = [...new Set((op.security ?? []).flatMap(({ apiKey = [] }) => apiKey))];
  const parameters = (op.parameters ?? []).map(
    ({ name, in: where, required, description, schema }) =>
      `<tr><td><code>${escaped(name)}</code>${required ? '' : ' <i>optional</i>'}</td><td>${escaped(where)}</td><td>${kindOf(schema)}</td><td>${prose(description)}</td></tr>`,
  );
  const bodies = Object.entries(op.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body, ${escaped(type)}: ${kindOf(schema)}</p>`,
  );
  const answers = Object.entries(op.responses).map(([status, { description, content }]) => {
    const kinds = Object.values(content ?? {}).map(({ schema }) => kindOf(schema));
    return `<tr><td><code>${escaped(status)}</code></td><td>${kinds.join(', ')}</td><td>${prose(description)}</td></tr>`;
  });
  return [
    `<h3 id="${escaped(op.operationId)}"><code>${method.toUpperCase()} ${escaped(path)}</code></h3>`,
    `<p><b>${prose(op.summary)}</b> ${prose(op.description)}</p>`,
    scopes.length === 0 ? '' : `<p class="scope">Scope: ${scopes.map((scope) => `<code>${escaped(scope)}</code>`).join(' or ')}</p>`,
    parameters.length === 0 ? '' : `<table>${parameters.join('')}</table>`,
    ...bodies,
    `<table>${answers.join('')}</table>`,
  ].join('\n');
}

/** The whole reference as one page that needs nothing else: no script, no font, no picture. */
function page({ info, tags = [], paths, components }: Document): string {
  const all = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]) => ({ path, method, op })));
  const described: typeof tags = [
    ...tags,
    ...[...new Set(all.flatMap(({ op }) => op.tags ?? []))]
      .filter((name) => !tags.some((tag) => tag.name === name))
      .map((name) => ({ name })),
  ];
  const chapters = described.map(({ name, description }) => ({
    name,
    description,
    calls: all.filter(({ op }) => op.tags?.includes(name)),
  }));
  const schemas = Object.entries(components.schemas).map(([name, schema]) => {
    const example = schema.examples?.[0];
    return [
      `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3><p>${prose(schema.description)}</p>${fields(schema)}`,
      example === undefined ? '' : `<pre>${escaped(JSON.stringify(example, null, 1))}</pre>`,
    ].join('\n');
  });
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(info.title)} API</title><style>${STYLE}</style>`,
    `<h1>${escaped(info.title)} ${escaped(info.version)}</h1><p>${prose(info.description)} For programs: <a href="/openapi.json">/openapi.json</a>. What is refused: <a href="/faults">/faults</a>.</p>`,
    '<nav>',
    ...chapters.map(
      ({ name, calls }) =>
        `<p><a href="#tag-${escaped(name)}"><b>${escaped(name)}</b></a><br>${calls.map(({ path, method, op }) => `<a href="#${escaped(op.operationId)}">${method.toUpperCase()} ${escaped(path)}</a>`).join('<br>')}</p>`,
    ),
    '</nav>',
    ...chapters.map(
      ({ name, description, calls }) =>
        `<h2 id="tag-${escaped(name)}">${escaped(name)}</h2><p>${prose(description)}</p>${calls.map(({ path, method, op }) => operation(method, path, op)).join('\n')}`,
    ),
    '<h2>What is sent and answered</h2>',
    ...schemas,
    '</html>',
  ].join('\n');
}

function documentOf(app: Api): Document {
  return JSON.parse(JSON.stringify(app.swagger()));
}

/** `GET /docs`: the API for people, out of the same document as `/openapi.json`, also where there is no internet. */
export function referencePage(app: Api): void {
  let html: string | undefined;
  const style = hash('sha256', STYLE, 'base64');
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => {
    html ??= page(documentOf(app));
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${style}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      )
      .send(html);
  });
}
