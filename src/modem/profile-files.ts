import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import type { Static } from 'typebox';
import { Fault, type FaultPlace } from '../base/fault.ts';
import { OWN_SCHEMA } from '../base/own-schema.ts';
import type { Profiles } from './profile.ts';
import { GENERIC_PROFILE, PROFILE_FILE, type Profile } from './profile-schema.ts';

const ajv = new Ajv({ ...OWN_SCHEMA, allErrors: true, strict: true, strictTypes: false });
ajv.addVocabulary(['x-unit']);
const isGeneric = ajv.compile<Static<typeof GENERIC_PROFILE>>(GENERIC_PROFILE);
const isProfile = ajv.compile<Static<typeof PROFILE_FILE>>(PROFILE_FILE);

/** No profile is longer, octets. */
const LONGEST = 65_536;

const GENERIC = 'generic.json';

export interface LoadedProfiles {
  readonly profiles: Profiles;
  /** One for each file that is not used because something in it is wrong. */
  readonly faults: readonly Fault[];
}

/**
 * Where the profiles lie: `firmware-config/profiles` beside `package.json`, whether this runs from `src/` or is bundled
 * into `dist/main.js`.
 * @throws Fault `configInvalid` when they are not there
 */
export function profilesFolder(): string {
  for (const up of ['..', '../..']) {
    const folder = fileURLToPath(new URL(`${up}/firmware-config/profiles`, import.meta.url));
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  }
  throw new Fault(
    'configInvalid',
    'The modem profiles are missing: put the folder firmware-config beside package.json, as it was delivered.',
  );
}

/**
 * Reads all profiles of a folder. A file that is not right is left out and told of; it disturbs no other.
 * @throws Fault `configInvalid` when `generic.json`, on which all others stand, is missing or not right
 */
export function loadProfiles(folder: string): LoadedProfiles {
  const generic: Profile = { ...read(folder, GENERIC, isGeneric), name: 'generic' };
  const others: Profile[] = [];
  const faults: Fault[] = [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== GENERIC);
  for (const file of files.sort()) {
    try {
      others.push({ ...generic, ...read(folder, file, isProfile), name: basename(file, '.json') });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
    }
  }
  return { profiles: { generic, others }, faults };
}

interface Check<T> {
  (value: unknown): value is T;
  errors?: ErrorObject[] | null;
}

function read<T>(folder: string, file: string, check: Check<T>): T {
  const value = parse(folder, file);
  if (check(value)) return value;
  const places = (check.errors ?? []).map((error) => placeOf(error));
  const first = places[0];
  throw new Fault(
    'configInvalid',
    `The modem profile ${file} is not used: ${first?.pointer ?? ''} ${first?.detail ?? 'is not right'}.`,
    places,
  );
}

function parse(folder: string, file: string): unknown {
  try {
    const text = readFileSync(join(folder, file), 'utf8');
    if (text.length > LONGEST) throw new Error(`it is longer than ${LONGEST} octets`);
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new Fault('configInvalid', `The modem profile ${file} is not used: ${why}.`, [], { cause: error });
  }
}

/** Where in the file, as a JSON pointer, and what is wrong with it. */
function placeOf(error: ErrorObject): FaultPlace {
  const at = error.instancePath;
  if (error.keyword === 'additionalProperties')
    return {
      pointer: `${at}/${error.params.additionalProperty}`,
      detail: 'is no field of a profile: take it away, or look for a typing error',
    };
  if (error.keyword === 'required') return { pointer: `${at}/${error.params.missingProperty}`, detail: 'is missing' };
  const allowed: unknown = error.params.allowedValue;
  return { pointer: at || '/', detail: `${error.message ?? 'is not right'}${allowed === undefined ? '' : ` (${String(allowed)})`}` };
}
