import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * What a document of the API describes, as functions that hold a value against it. Each is compiled when it is first asked for.
 * @returns takes a pointer into the document, such as `#/components/schemas/Message`
 */
export function schemasOf(document: object): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({
    strict: false,
    code: { optimize: false },
    formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'uri-reference': /^\S+$/ },
  });
  ajv.addSchema({ ...document, $id: 'api' });
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` });
    compiled.set(pointer, validate);
    return validate;
  };
}
