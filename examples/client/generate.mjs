import { readFileSync, writeFileSync } from 'node:fs';

/**
 * `node examples/client/generate.mjs` writes `simpost.ts` beside it (or the file that it is given) from `openapi.json`: a type for each schema and a
 * method for each call. It knows the few words of JSON Schema that the document uses, and ends with an error at any other.
 */

const WORDS = new Set(['type', '$ref', 'properties', 'required', 'anyOf', 'enum', 'const', 'items', 'additionalProperties']);
/** What bounds a value and does not show in its type. */
const BOUNDS = new Set([
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'uniqueItems', 'pattern'],
  ...['format', 'default', 'examples', 'description', 'title'],
]);
const PLAIN = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

const told = (text, indent) => (text ? `${indent}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')} */\n` : '');
const named = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);

/** The type of a schema, in TypeScript. */
function typeOf(schema, indent) {
  for (const word of Object.keys(schema)) if (!WORDS.has(word) && !BOUNDS.has(word)) throw new Error(`a schema has "${word}", which is not known here`);
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((one) => typeOf(one, indent)))].join(' | ');
  const types = [schema.type ?? []].flat();
  if (types.length > 1) return types.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  const [type] = types;
  if (type === undefined) return 'unknown';
  if (type === 'array') return `readonly (${typeOf(schema.items ?? {}, indent)})[]`;
  if (type === 'object') return objectOf(schema, indent);
  return PLAIN[type];
}

function objectOf({ properties, required = [], additionalProperties }, indent) {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown';
    return `Readonly<Record<string, ${value}>>`;
  }
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${told(schema.description, inner)}${inner}readonly ${named(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)};\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

/** What a call answers when it went well. */
function answerOf({ responses }) {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const types = good.flatMap(([, { content = {} }]) =>
    Object.entries(content).map(([type, { schema = {} }]) => (type === 'application/json' ? typeOf(schema, '  ') : type === 'text/event-stream' ? 'Response' : 'string')),
  );
  return [...new Set(types)].join(' | ') || 'void';
}

function methodOf(path, word, operation) {
  const { operationId, summary, parameters = [], requestBody } = operation;
  const group = (kind) => parameters.filter((one) => one.in === kind);
  const fields = (list) =>
    objectOf(
      {
        properties: Object.fromEntries(list.map(({ name, schema, description }) => [name, { description, ...schema }])),
        required: list.filter((one) => one.required).map(({ name }) => name),
      },
      '    ',
    );
  const parts = [];
  if (group('path').length > 0) parts.push(`path: ${fields(group('path'))}`);
  if (group('query').length > 0) parts.push(`query${group('query').some((one) => one.required) ? '' : '?'}: ${fields(group('query'))}`);
  const body = requestBody?.content['application/json'];
  if (body) parts.push(`body${requestBody.required ? '' : '?'}: ${typeOf(body.schema, '    ')}`);
  else if (requestBody) parts.push('body: string');
  if (group('header').some(({ name }) => name === 'Idempotency-Key')) parts.push('idempotencyKey?: string');
  parts.push('signal?: AbortSignal');
  const needed = parts.some((part) => !/^\w+\?/.test(part));
  const asked = `asked: { ${parts.map((part) => `readonly ${part}`).join('; ')} }${needed ? '' : ' = {}'}`;
  const answer = answerOf(operation);
  const by = { string: '#text', Response: '#send' }[answer] ?? '#json';
  return `${told(summary, '  ')}  ${operationId}(${asked}): Promise<${answer}> {\n    return this.${by}('${word.toUpperCase()}', '${path}', asked);\n  }\n`;
}

const RUNTIME = `/** What the API refused, and why: \`code\` says the kind, \`errors\` the fields. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

interface Asked {
  readonly path?: object;
  readonly query?: object;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}
`;

const ASK = `  readonly #url: string;
  readonly #key: string;

  /**
   * @param url of the box, such as http://127.0.0.1:8025
   * @param key an API key with the scopes that the calls need
   */
  constructor(url: string, key: string) {
    this.#url = url.replace(/\\/$/, '');
    this.#key = key;
  }

  /** @throws Refusal for whatever the API refuses; what \`fetch\` throws where the box does not answer */
  async #send(method: string, template: string, { path = {}, query = {}, body, idempotencyKey, signal }: Asked): Promise<Response> {
    const values = new Map<string, unknown>(Object.entries(path));
    const given = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
    const address = this.#url + template.replaceAll(/\\{(\\w+)\\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
    const isText = typeof body === 'string';
    const response = await fetch(given.size === 0 ? address : \`\${address}?\${given}\`, {
      method,
      headers: {
        authorization: \`Bearer \${this.#key}\`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok) throw new Refusal(JSON.parse(await response.text()));
    return response;
  }

  async #json<T>(method: string, template: string, asked: Asked): Promise<T> {
    return JSON.parse(await this.#text(method, template, asked));
  }

  async #text(method: string, template: string, asked: Asked): Promise<string> {
    return (await this.#send(method, template, asked)).text();
  }
`;

const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
const types = Object.entries(document.components.schemas).map(
  ([name, schema]) => `${told(schema.description, '')}export type ${name} = ${typeOf(schema, '')};\n`,
);
const calls = Object.entries(document.paths).flatMap(([path, words]) =>
  Object.entries(words).map(([word, operation]) => methodOf(path, word, operation)),
);
writeFileSync(
  process.argv[2] ?? new URL('simpost.ts', import.meta.url),
  `// Made from openapi.json by generate.mjs beside it; not to be changed by hand.

${types.join('\n')}
${RUNTIME}
/** Every call of the API of Simpost ${document.info.version}, by its name. Needs \`fetch\` alone: Node 20 or later, Deno, Bun, a browser. */
export class Simpost {
${ASK}
${calls.join('\n')}}
`,
);
