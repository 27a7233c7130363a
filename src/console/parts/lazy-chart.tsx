import { useEffect, useState } from 'preact/hooks';
import type { Point } from './chart.tsx';

type ChartModule = typeof import('./chart.tsx');

/** A chart whose script comes after the page, with room for it meanwhile. What it shows must stand in a table beside it. */
export function LazyChart({ label, points, step }: { label: string; points: readonly Point[]; step?: 'hour' }) {
  const [chart, setChart] = useState<ChartModule | undefined>(undefined);
  useEffect(() => {
    import('./chart.tsx').then(setChart, () => {});
  }, []);
  if (!chart) return <div class="chart-room" />;
  return <chart.default label={label} points={points} step={step} />;
}
