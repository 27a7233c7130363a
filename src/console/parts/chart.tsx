import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { locale } from '../i18n/language.ts';
import { theme } from '../state/theme.ts';
import './chart.css';

/** Pixels. */
const HEIGHT = 150;

export interface Point {
  /** Seconds since 1970, by the clock of the site as if it were UTC. */
  readonly at: number;
  readonly value: number;
}

/** Bars over days, or hours. What it shows must stand in a table beside it: it is a picture. */
export default function Chart({ label, points, step }: { label: string; points: readonly Point[]; step?: 'hour' | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const tongue = locale();
  const { value: look } = theme;
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const draw = (): uPlot =>
      new uPlot(optionsFor(current, tongue, step), [points.map(({ at }) => at), points.map(({ value }) => value)], current);
    let plot = draw();
    const again = (): void => {
      plot.destroy();
      plot = draw();
    };
    const width = new ResizeObserver(() => {
      if (plot.width !== current.clientWidth) plot.setSize({ width: current.clientWidth, height: HEIGHT });
    });
    width.observe(current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    return () => {
      scheme.removeEventListener('change', again);
      width.disconnect();
      plot.destroy();
    };
  }, [points, tongue, look, step]);
  return <div class="chart" ref={box} role="img" aria-label={label} />;
}

function optionsFor(box: HTMLElement, tongue: string, step: 'hour' | undefined): uPlot.Options {
  // The colours of the page, as they are now: a canvas knows no custom properties.
  const { color, borderTopColor, outlineColor } = getComputedStyle(box);
  const axis = { stroke: borderTopColor, font: '12px system-ui', ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.7, 26], radius: 0.15 });
  const day = new Intl.DateTimeFormat(tongue, {
    ...(step === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' }),
    timeZone: 'UTC',
  });
  // Room for half a bar at either end.
  const width = step === 'hour' ? 3600 : 86_400;
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, min, max) => [min - width / 2, max + width / 2] },
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.1)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        space: 70,
        incrs: step === 'hour' ? [3600, 3 * 3600, 6 * 3600, 12 * 3600] : [86_400, 3 * 86_400, 7 * 86_400, 14 * 86_400],
        values: (_plot, at) => at.map((one) => day.format(one * 1000)),
      },
      { ...axis, size: 44, grid: { stroke: outlineColor, width: 1 }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] },
    ],
    series: [
      {},
      {
        fill: color,
        stroke: color,
        width: 0,
        ...(bars ? { paths: bars } : {}),
        points: { show: false },
      },
    ],
  };
}
