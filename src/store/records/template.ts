import type { NewAudit } from './audit.ts';

/** A text of the site's own. What the languages are, `policy/language.ts` knows. */
export interface StoredTemplate {
  readonly name: string;
  /** By language. */
  readonly texts: ReadonlyMap<string, string>;
  readonly updatedAt: number;
}

/** The texts that a site has written itself. */
export interface TemplateStore {
  /** Sets the texts of a name; what it had before is gone. */
  put(template: StoredTemplate, audit?: NewAudit): Promise<void>;
  /** @returns whether there was one */
  remove(name: string, audit?: NewAudit): Promise<boolean>;
  /** Synchronous: it is asked with every message that is written from one. */
  of(name: string): StoredTemplate | undefined;
  /** In order of their names. */
  all(): StoredTemplate[];
}
