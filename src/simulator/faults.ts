import type { Random } from '../base/random.ts';
import { FAULT_NAMES, FAULT_READERS, type FaultName, type FaultScope, type FaultSpec } from './fault-specs.ts';
import { Fields } from './fields.ts';

/**
 * The book of faults: those in force, counted as they strike.
 *
 * Somewhere in a dialogue the simulator comes to a point (below) and asks the book whether a fault strikes here, for
 * this modem, this command, this recipient. The first one in the book that fits, whose `after` occasions have passed
 * and whose `chance` comes up, strikes; after `count` strikes it leaves the book.
 *
 * - `now`: never asked for, since the network applies these at once.
 * - `command`: a command line was read, before anything is answered. - `noise`: the same, for noise, which comes on top.
 * - `prompt`: +CMGS came, the prompt is due. - `answer`: Ctrl-Z came, the outcome is open.
 * - `delivery`: the SMSC has a message for a phone. - `report`: a status report is due.
 * - `inbound`: the network has a message for a modem. - `redelivery`: the modem has just taken one.
 */
export type FaultPoint = 'now' | 'command' | 'noise' | 'prompt' | 'answer' | 'delivery' | 'report' | 'inbound' | 'redelivery';

/** Where and for whom a fault may strike. */
export interface FaultOccasion {
  readonly modem?: string;
  readonly to?: string;
  readonly from?: string;
  readonly command?: string;
}

/** Which faults can strike at which point. */
export interface FaultsAt {
  now: Extract<FaultSpec, { fault: 'unplug' | 'silence' | 'registrationLost' | 'simRemoved' | 'pin' | 'puk' | 'signal' }>;
  command: Extract<FaultSpec, { fault: 'rubbish' | 'commandFails' | 'commandUnanswered' | 'deleteFails' | 'silence' }>;
  noise: Extract<FaultSpec, { fault: 'noise' }>;
  prompt: Extract<FaultSpec, { fault: 'latePrompt' | 'noPrompt' | 'errorBefore' | 'unplug' | 'silence' }>;
  answer: Extract<FaultSpec, { fault: 'errorAfter' | 'unanswered' | 'lateAnswer' | 'noReference' | 'unplug' | 'silence' }>;
  delivery: Extract<FaultSpec, { fault: 'dropDelivery' | 'delayDelivery' | 'duplicateDelivery' }>;
  report: Extract<FaultSpec, { fault: 'dropReport' | 'delayReport' | 'doubleReport' | 'reportStatus' }>;
  inbound: Extract<FaultSpec, { fault: 'storageFull' }>;
  redelivery: Extract<FaultSpec, { fault: 'redeliver' }>;
}

export function strikesAt<P extends FaultPoint>(spec: FaultSpec, point: P): spec is FaultsAt[P] {
  return pointOf(spec) === point;
}

export interface ActiveFault {
  readonly id: number;
  readonly spec: FaultSpec;
  readonly point: FaultPoint;
  /** Occasions that fitted. */
  seen: number;
  /** Times that it struck. */
  struck: number;
}

function pointOf(spec: FaultSpec): FaultPoint {
  switch (spec.fault) {
    case 'latePrompt':
    case 'noPrompt':
    case 'errorBefore':
      return 'prompt';
    case 'errorAfter':
    case 'unanswered':
    case 'lateAnswer':
    case 'noReference':
      return 'answer';
    case 'silence':
    case 'unplug':
      return spec.at === 'beforeCtrlZ' ? 'prompt' : spec.at === 'afterCtrlZ' ? 'answer' : spec.at;
    case 'noise':
      return 'noise';
    case 'rubbish':
    case 'commandFails':
    case 'commandUnanswered':
    case 'deleteFails':
      return 'command';
    case 'dropDelivery':
    case 'delayDelivery':
    case 'duplicateDelivery':
      return 'delivery';
    case 'dropReport':
    case 'delayReport':
    case 'doubleReport':
    case 'reportStatus':
      return 'report';
    case 'storageFull':
      return 'inbound';
    case 'redeliver':
      return 'redelivery';
    case 'registrationLost':
    case 'simRemoved':
    case 'pin':
    case 'puk':
    case 'signal':
      return 'now';
  }
}

/**
 * One fault from outside, checked.
 * @param value `{fault, modem?, to?, from?, count?, after?, chance?, ...}`
 * @param scope how names of modems and numbers are read; it refuses unknown modems
 */
export function readFault(value: unknown, scope: FaultScope): FaultSpec {
  const fields = new Fields(value, 'a fault');
  const name: FaultName = fields.choice('fault', FAULT_NAMES);
  const named = new Fields(value, `the fault ${name}`);
  named.text('fault');
  const spec = FAULT_READERS[name](named, scope);
  named.done();
  return spec;
}

const fits = (wanted: string | undefined, found: string | undefined): boolean => wanted === undefined || wanted === found;

export class FaultBook {
  #active: ActiveFault[] = [];
  #nextId = 1;

  constructor(private readonly random: Random) {}

  get active(): readonly ActiveFault[] {
    return this.#active;
  }

  add(spec: FaultSpec): ActiveFault {
    const fault: ActiveFault = { id: this.#nextId++, spec, point: pointOf(spec), seen: 0, struck: 0 };
    if (fault.point !== 'now') this.#active.push(fault);
    return fault;
  }

  /** Takes one fault out, or all. The number of those that were in force. */
  remove(id?: number): number {
    const before = this.#active.length;
    this.#active = id === undefined ? [] : this.#active.filter((fault) => fault.id !== id);
    return before - this.#active.length;
  }

  /** The fault that strikes at this point, if one does, counted as having struck. */
  take<P extends FaultPoint>(point: P, occasion: FaultOccasion): FaultsAt[P] | undefined {
    if (this.#active.length === 0) return undefined;
    for (const fault of this.#active) {
      if (fault.point !== point || !FaultBook.#fits(fault.spec, occasion)) continue;
      if (!this.#strikes(fault)) continue;
      return strikesAt(fault.spec, point) ? fault.spec : undefined;
    }
    return undefined;
  }

  /** Counts an occasion that fits, and whether the fault strikes now. */
  #strikes(fault: ActiveFault): boolean {
    const { spec } = fault;
    fault.seen += 1;
    if ('after' in spec && spec.after !== undefined && fault.seen <= spec.after) return false;
    if ('chance' in spec && spec.chance !== undefined && this.random.float() >= spec.chance) return false;
    fault.struck += 1;
    const count = 'count' in spec ? (spec.count ?? 1) : 1;
    if (count !== 'always' && fault.struck >= count) this.#active = this.#active.filter((other) => other !== fault);
    return true;
  }

  static #fits(spec: FaultSpec, occasion: FaultOccasion): boolean {
    return (
      fits(spec.modem, occasion.modem) &&
      fits('to' in spec ? spec.to : undefined, occasion.to) &&
      fits('from' in spec ? spec.from : undefined, occasion.from) &&
      fits('command' in spec ? spec.command : undefined, occasion.command)
    );
  }
}
