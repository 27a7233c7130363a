import { createHmac } from 'node:crypto';
import { Fault } from '../base/fault.ts';

/** Where a text wants the address of the page on which its client can end texts. */
const PLACE = '{optOutLink}';

/** 128 bits: nobody guesses one (O11). */
const OCTETS = 16;

/** In a file of its own in the data folder. */
export const LINK_SECRET = 'links.key';

/**
 * The address of a client's own page. Its token is the same for all texts to a number, so that each of them leads there for as long as
 * the store knows it; it is made with a secret of this box, and the number cannot be had from it.
 */
export class OptOutLinks {
  readonly #baseUrl: string | undefined;
  readonly #secret: Buffer;

  /** @param baseUrl without a `/` at its end; undefined where there are no public pages */
  constructor(baseUrl: string | undefined, secret: Buffer) {
    this.#baseUrl = baseUrl;
    this.#secret = secret;
  }

  /**
   * A text with the link in its place.
   * @param to E.164
   * @throws Fault `linkUnavailable`
   */
  fill(text: string, to: string): string {
    if (!text.includes(PLACE)) return text;
    if (this.#baseUrl === undefined) {
      const why = `has ${PLACE}, and there are no public pages: set listen and baseUrl in [public], or leave it out`;
      throw new Fault('linkUnavailable', `The text ${why}.`, [{ pointer: '/text', detail: why }]);
    }
    return text.replaceAll(PLACE, `${this.#baseUrl}/o/${this.#tokenOf(to)}`);
  }

  /** A text with a link as long as one is, for counting it. @throws Fault `linkUnavailable` */
  sample(text: string): string {
    return this.fill(text, '');
  }

  /** The token in a text to a number, where it has one. */
  tokenIn(text: string, to: string): string | undefined {
    if (this.#baseUrl === undefined || !text.includes(`${this.#baseUrl}/o/`)) return undefined;
    const token = this.#tokenOf(to);
    return text.includes(token) ? token : undefined;
  }

  #tokenOf(to: string): string {
    return createHmac('sha256', this.#secret).update(`o ${to}`).digest().subarray(0, OCTETS).toString('base64url');
  }
}
