import type { Op } from './disk-trace.ts';
import { readSubmit } from './other-codec.ts';

const CTRL_Z = '\x1a';

/** What a process has let others know, up to some point of its trace. */
export interface PromisesMade {
  /** Messages that were answered 202, or that a child said it had accepted. */
  readonly accepted: Set<string>;
  /** Messages that a child said were sent. */
  readonly sent: Set<string>;
  /** Recipients whose segment was handed to a modem, by Ctrl-Z, and the numbers of those segments. */
  readonly handedOver: Set<string>;
  /** Texts and reports that the modem was told to forget (`+CMGD`) or were acknowledged (`+CNMA`). */
  forgotten: number;
}

/** Reads what a process says, from outside: HTTP answers, lines to modems, and the lines of `store-child.ts`. */
export class Listener {
  readonly made: PromisesMade = { accepted: new Set(), sent: new Set(), handedOver: new Set(), forgotten: 0 };
  /** Descriptors in the middle of a 202. */
  readonly #accepting = new Set<number>();

  hear({ to, data }: Extract<Op, { kind: 'said' }>): void {
    const text = data.toString('latin1');
    if (text.startsWith('HTTP/1.1 ')) {
      if (text.startsWith('HTTP/1.1 202 ')) this.#accepting.add(to);
      else this.#accepting.delete(to);
    }
    if (this.#accepting.has(to)) for (const [id] of text.matchAll(/msg_[0-9a-f]{24}/g)) this.made.accepted.add(id);
    for (const [, word, id = ''] of text.matchAll(/^(accepted|sent) (msg_\w+)$/gm))
      this.made[word === 'sent' ? 'sent' : 'accepted'].add(id);
    const pdu = text.slice(0, Math.max(text.indexOf(CTRL_Z), 0));
    if (/^[0-9A-F]{20,}$/.test(pdu)) {
      const { to: recipient, concat } = readSubmit(pdu);
      this.made.handedOver.add(`${recipient} ${concat?.n ?? 1}`);
    }
    if (/^AT\+(CMGD=\d+|CNMA)/.test(text)) this.made.forgotten += 1;
  }

  get count(): number {
    const { accepted, sent, handedOver, forgotten } = this.made;
    return accepted.size + sent.size + handedOver.size + forgotten;
  }
}
