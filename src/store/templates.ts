import type { Db } from './database.ts';
import type { StoredTemplate } from './records/template.ts';

interface TemplateRow {
  readonly name: string;
  readonly language: string;
  readonly text: string;
  readonly updatedAt: number;
}

/** The texts that a site has written itself, a row for each language. */
export class Templates {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    const COLUMNS = 'name, language, text, updated_at AS updatedAt';
    this.#sql = {
      add: writer.prepare<[string, string, string, number]>('INSERT INTO templates (name, language, text, updated_at) VALUES (?, ?, ?, ?)'),
      remove: writer.prepare<[string]>('DELETE FROM templates WHERE name = ?'),
      of: reader.prepare<[string], TemplateRow>(`SELECT ${COLUMNS} FROM templates WHERE name = ?`),
      all: reader.prepare<[], TemplateRow>(`SELECT ${COLUMNS} FROM templates ORDER BY name`),
    };
  }

  put({ name, texts, updatedAt }: StoredTemplate): void {
    this.#sql.remove.run(name);
    for (const [language, text] of texts) this.#sql.add.run(name, language, text, updatedAt);
  }

  /** @returns whether there was one */
  remove(name: string): boolean {
    return this.#sql.remove.run(name).changes > 0;
  }

  of(name: string): StoredTemplate | undefined {
    return gathered(this.#sql.of.all(name))[0];
  }

  all(): StoredTemplate[] {
    return gathered(this.#sql.all.all());
  }
}

function gathered(rows: readonly TemplateRow[]): StoredTemplate[] {
  const found = new Map<string, { name: string; texts: Map<string, string>; updatedAt: number }>();
  for (const { name, language, text, updatedAt } of rows) {
    const template = found.get(name) ?? { name, texts: new Map(), updatedAt };
    template.texts.set(language, text);
    found.set(name, template);
  }
  return [...found.values()];
}
