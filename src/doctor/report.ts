import { counted } from '../base/counted.ts';
import type { Facts, ModemSeen, SimSeen } from './facts.ts';
import type { Finding } from './findings.ts';

/** What the doctor says on a terminal. */
export function diagnosis(facts: Facts, found: readonly Finding[]): string {
  const ports = facts.ports.map((p) => {
    const holders = p.holders.map((h) => `held by ${h.name} (${h.pid})`);
    return [p.path, p.what, ...(p.usable ? [] : ['not for this user']), ...holders, ...p.names.slice(0, 1)].join('  ');
  });
  const problems = found.filter((f) => f.level === 'problem');
  const notes = found.filter((f) => f.level === 'note');
  const blocks = [
    block('Ports:', ports),
    block('Modems:', facts.modems.map(modemLine)),
    block('SIMs:', facts.sims.map(simLine)),
    block('Problems:', problems.flatMap(findingLines)),
    block('Notes:', notes.flatMap(findingLines)),
    problems.length === 0 ? 'No problem was found.\n' : `${counted(problems.length, 'problem was', 'problems were')} found.\n`,
  ];
  return blocks.filter((text) => text !== '').join('\n');
}

const block = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;

const findingLines = ({ sentence, nextStep }: Finding): string[] => [`- ${sentence}`, `  ${nextStep}`];

const modemLine = ({ name, port, what, sentence }: ModemSeen): string => [name ?? port, what, sentence].filter((w) => w !== '').join('  ');

const simLine = ({ iccid, name, operator, signalDbm }: SimSeen): string =>
  [name ?? iccid, operator ?? 'no operator', signalDbm === null ? 'no signal' : `${signalDbm} dBm`].join('  ');

/** What a modem and we said to each other, redacted as it is. */
export interface Dialogue {
  /** With whom, or before what. */
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * One text with all that helps to find a fault and nothing that is private: no texts, no whole numbers, no keys.
 * @param config as `simpost config print` shows it
 * @param dialogues of now, by modem, and those before faults
 */
export function reportText(facts: Facts, found: readonly Finding[], config: string, dialogues: readonly Dialogue[]): string {
  const parts = [
    `# Simpost ${facts.version}, Node ${facts.node}, ${facts.platform}\n`,
    diagnosis(facts, found),
    `# Facts\n${JSON.stringify(facts, null, 1)}\n`,
    `# Configuration\n${config}`,
    ...dialogues.map(({ title, lines }) => `# Dialogue ${title}\n${lines.map((line) => `${line}\n`).join('')}`),
  ];
  return redactReport(parts.join('\n'));
}

/** Takes out what is private wherever it stands: API keys, secrets, what stands in addresses, and digits of numbers after the sixth. */
export function redactReport(text: string): string {
  return text
    .replaceAll(/simpost_[\w-]+|whsec_[\w+/=-]+/g, '(secret)')
    .replaceAll(/(https?:\/\/)(?:[^\s/@"']*@)?([\w.:[\]-]+)[^\s"')]*/g, '$1$2/…')
    .replaceAll(/\+\d(?:[ ().-]*\d){6,}|\d{7,}/g, (number) => {
      let shown = 0;
      return number.replaceAll(/\d/g, (digit) => {
        shown += 1;
        return shown > 6 ? '*' : digit;
      });
    });
}
