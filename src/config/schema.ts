import { isTable, type Option, type Table } from './option.ts';
import { OPTIONS } from './options.ts';

/** The keywords of JSON Schema that the configuration needs; `x-…` carry what editors and forms show. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-unit'?: string;
  readonly 'x-since'?: string;
  readonly 'x-secret'?: true;
}

/**
 * The schema of the configuration.
 * @param view `file`: what may be written into `simpost.toml`, for editors and forms; `effective`: what the daemon gets,
 *   with every default in its place and secrets read from their files
 */
export function configSchema(view: 'file' | 'effective'): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Simpost', ...tableSchema(OPTIONS, view) };
}

type View = 'file' | 'effective';

function tableSchema(table: Table, view: View): JsonSchema {
  const entries = Object.entries(table.options);
  const properties = entries.flatMap(([key, node]): [string, JsonSchema][] => {
    if (!isTable(node)) return optionSchemas(key, node, view);
    const inner = tableSchema(node, view);
    return [[key, node.list ? { type: 'array', description: node.description, items: inner, default: [] } : { ...inner, default: {} }]];
  });
  const eitherOr =
    view === 'file'
      ? entries.filter(([, node]) => isSecretNeeded(node)).map(([key]) => ({ anyOf: [{ required: [key] }, { required: [`${key}File`] }] }))
      : [];
  return {
    type: 'object',
    description: table.description,
    properties: Object.fromEntries(properties),
    required: entries.filter(([, node]) => isRequired(node, view)).map(([key]) => key),
    additionalProperties: false,
    ...(eitherOr.length > 0 ? { allOf: eitherOr } : {}),
    ...(table.exactlyOne && view === 'file' ? { oneOf: table.exactlyOne.map((key) => ({ required: [key] })) } : {}),
  };
}

function isSecretNeeded(node: Option | Table): boolean {
  return !isTable(node) && node.type === 'string' && node.secret === true && node.optional !== true;
}

function isRequired(node: Option | Table, view: View): boolean {
  if (view === 'effective') return isTable(node) || node.optional !== true;
  // In the file only what has no default must be written, and a secret may stand in a file of its own.
  return !isTable(node) && node.type === 'string' && node.default === undefined && !node.defaultFrom && !node.optional && !node.secret;
}

function optionSchemas(key: string, option: Option, view: View): [string, JsonSchema][] {
  const about: JsonSchema = {
    description: option.description,
    'x-since': option.since,
    ...(option.unit === undefined ? {} : { 'x-unit': option.unit }),
  };
  switch (option.type) {
    case 'integer':
      return [
        [
          key,
          {
            ...about,
            type: 'integer',
            minimum: option.minimum,
            maximum: option.maximum,
            ...(option.default === undefined ? {} : { default: option.default }),
            examples: [option.example],
          },
        ],
      ];
    case 'boolean':
      return [
        [
          key,
          { ...about, type: 'boolean', ...(option.default === undefined ? {} : { default: option.default }), examples: [option.example] },
        ],
      ];
    case 'texts':
      return [
        [
          key,
          {
            ...about,
            type: 'array',
            items: { type: 'string', format: option.format },
            default: option.default,
            examples: [option.example],
          },
        ],
      ];
    case 'string': {
      const schema: JsonSchema = {
        ...about,
        type: 'string',
        examples: [option.example],
        ...(option.values ? { enum: option.values } : {}),
        ...(option.format ? { format: option.format } : {}),
        ...(option.default === undefined ? {} : { default: option.default }),
        ...(option.secret ? { 'x-secret': true } : {}),
      };
      const fromFile: JsonSchema = {
        ...about,
        type: 'string',
        description: `A file that holds ${key}, and nothing else.`,
        format: 'folder',
      };
      return option.secret && view === 'file'
        ? [
            [key, schema],
            [`${key}File`, fromFile],
          ]
        : [[key, schema]];
    }
  }
}
