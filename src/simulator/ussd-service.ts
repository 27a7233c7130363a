import type { UssdReply } from './air.ts';
import type { SimCard } from './sim-card.ts';

const BALANCE: UssdReply = { text: 'На рахунку 25.00 грн. Діє до 31.12.2026. Залишок: 150 SMS', more: false };

const MENU: UssdReply = {
  text: '1 Баланс\n2 Пакет\n0 Вихід',
  more: true,
  choices: new Map([
    ['1', BALANCE],
    ['2', { text: 'Пакет: залишилося 150 SMS до 31.12.2026', more: false }],
    ['0', { text: 'До побачення', more: false }],
  ]),
};

/** What a virtual operator answers unless it is told otherwise: balances in two languages, and a menu. */
const defaultUssd = (): Map<string, UssdReply> =>
  new Map([
    ['*111#', { text: 'Balance: 25.00 UAH, valid to 31.12.2026', more: false }],
    ['*101#', BALANCE],
    ['*100#', MENU],
  ]);

/** The USSD sessions of a virtual operator, one for each SIM (TS 22.090). */
export class UssdService {
  readonly replies = defaultUssd();
  /** What each SIM was asked back. */
  readonly #open = new Map<SimCard, UssdReply>();
  /** Requests of each SIM, so that what was ended is not answered late. */
  readonly #turns = new Map<SimCard, number>();
  readonly #after: (ms: number, fn: () => void) => void;

  constructor(after: (ms: number, fn: () => void) => void) {
    this.#after = after;
  }

  /**
   * @param text a code, or an answer to what was asked back
   * @param say gets the reply, once and perhaps later; undefined for what nobody knows
   */
  ask(card: SimCard, text: string, say: (reply: UssdReply | undefined) => void): void {
    const turn = this.#next(card);
    const menu = this.#open.get(card);
    // A wrong choice shows the menu again.
    const reply = menu?.choices ? (menu.choices.get(text) ?? menu) : this.replies.get(text);
    const answer = (): void => {
      if (this.#turns.get(card) !== turn) return;
      if (reply?.more) this.#open.set(card, reply);
      else this.#open.delete(card);
      say(reply);
    };
    if (reply?.afterMs) this.#after(reply.afterMs, answer);
    else answer();
  }

  /** The SIM leaves its session, and waits for nothing any more. */
  end(card: SimCard): void {
    this.#next(card);
    this.#open.delete(card);
  }

  #next(card: SimCard): number {
    const turn = (this.#turns.get(card) ?? 0) + 1;
    this.#turns.set(card, turn);
    return turn;
  }
}
