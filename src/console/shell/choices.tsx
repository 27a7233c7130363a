import { language, speak } from '../i18n/language.ts';
import { CONSOLE_LANGUAGES, LANGUAGE_NAMES } from '../i18n/languages.ts';
import { Segmented } from '../parts/segmented.tsx';
import { choose, THEMES, theme } from '../state/theme.ts';
import { words } from './words.ts';

/** Language, and light or dark: both for this browser. */
export function Choices() {
  return (
    <div class="choices">
      <Segmented
        label={words('language')}
        value={language.value}
        options={CONSOLE_LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        onChoose={speak}
      />
      <Segmented
        label={words('theme')}
        value={theme.value}
        options={THEMES.map((one) => ({ value: one, label: words(one) }))}
        onChoose={choose}
      />
    </div>
  );
}
