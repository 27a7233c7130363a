import { createHmac } from 'node:crypto';

/** A word that stands for an address in a text to one recipient. */
export interface ShortLink {
  readonly token: string;
  readonly url: string;
}

/** 48 bits: short in a text, and who guesses one finds an advertisement. */
const OCTETS = 6;

/**
 * Short addresses on the public pages. Each recipient has their own, so that it can be told how many followed it, and nobody can tell
 * from it who that is: it is made with a secret of this box.
 */
export class ShortLinks {
  readonly #baseUrl: string | undefined;
  readonly #secret: Buffer;

  /** @param baseUrl without a `/` at its end; undefined where there are no public pages, and addresses stay as they are */
  constructor(baseUrl: string | undefined, secret: Buffer) {
    this.#baseUrl = baseUrl;
    this.#secret = secret;
  }

  /** Shortens the addresses of one text; `links` has what was made once it is written. */
  forText(campaign: string, contact: string): { readonly shorten: (url: string) => string; readonly links: readonly ShortLink[] } {
    const links: ShortLink[] = [];
    const shorten = (url: string): string => {
      if (this.#baseUrl === undefined) return url;
      const mac = createHmac('sha256', this.#secret).update(`l ${campaign} ${contact} ${links.length} ${url}`).digest();
      const token = mac.subarray(0, OCTETS).toString('base64url');
      links.push({ token, url });
      return `${this.#baseUrl}/l/${token}`;
    };
    return { shorten, links };
  }
}
