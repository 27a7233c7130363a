import { useEffect, useState } from 'preact/hooks';
import type { encode } from 'uqr';

type Drawn = ReturnType<typeof encode>;

/** A QR code, drawn in the browser. What it says must stand beside it for whoever cannot point a phone at it. */
export function QrCode({ label, text }: { label: string; text: string }) {
  const [code, setCode] = useState<Drawn | undefined>(undefined);
  useEffect(() => {
    // It comes after the page, which seldom shows one.
    import('uqr').then(
      (uqr) => setCode(uqr.encode(text, { border: 4 })),
      () => {},
    );
  }, [text]);
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${code?.size ?? 1} ${code?.size ?? 1}`}>
      {code && <path d={squares(code)} />}
    </svg>
  );
}

const squares = ({ data }: Drawn): string =>
  data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
