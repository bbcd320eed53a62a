import { useEffect, useRef } from 'react';
import styles from './chart.module.css';
import type { ChartCanvas } from './chart-canvas.ts';
import { type ChartInk, type DailyChart, dailyOption } from './chart-option.ts';
import { Fold } from './code.tsx';
import { useColorScheme } from './color-scheme.ts';
import { DataTable } from './data-table.tsx';

function readInk(element: HTMLElement): ChartInk {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: [
      read('--t-series-1'),
      read('--t-series-2'),
      read('--t-series-3'),
      read('--t-series-4'),
    ],
    text: read('--t-ink-faint'),
    line: read('--t-line'),
    surface: read('--t-surface'),
    ink: read('--t-ink'),
    font: style.fontFamily,
  };
}

/** Measures by day, drawn, and as a table for those who cannot see the drawing. */
export function DailyChartView({
  chart,
  dayTitle,
  asTable,
}: {
  readonly chart: DailyChart;
  readonly dayTitle: string;
  readonly asTable: string;
}) {
  const { shown } = useColorScheme();
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<ChartCanvas>(null);

  // The colours of the scheme are read from the page, so a change of scheme draws again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` is that change
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const { openCanvas } = await import('./chart-canvas.ts');
      if (isGone || element.current === null) {
        return;
      }
      canvas.current ??= openCanvas(element.current);
      canvas.current.draw(dailyOption(chart, readInk(element.current)));
    };
    void draw();
    return () => {
      isGone = true;
    };
  }, [chart, shown]);

  useEffect(
    () => () => {
      canvas.current?.dispose();
      canvas.current = null;
    },
    [],
  );

  const panes = 1 + Math.max(0, ...chart.series.map((series) => series.pane));
  return (
    <div>
      <ul className={styles.legend}>
        {chart.series.map((series) => (
          <li key={series.name}>
            <span
              className={styles.swatch}
              style={{ background: `var(--t-series-${series.color})` }}
            />
            {series.name}
          </li>
        ))}
      </ul>
      <div
        ref={element}
        className={styles.canvas}
        style={{ height: panes === 2 ? 292 : 266 }}
        role="img"
        aria-label={chart.label}
      />
      <div className={styles.note}>
        <Fold title={asTable}>
          <DataTable
            label={chart.label}
            rows={chart.days.map((day, at) => ({ day, at }))}
            keyOf={(row) => row.day}
            columns={[
              { key: 'day', title: dayTitle, cell: (row) => row.day },
              ...chart.series.map((series) => ({
                key: series.name,
                title: series.name,
                align: 'right' as const,
                cell: (row: { readonly at: number }) =>
                  chart.formatValue(series.values[row.at] ?? 0),
              })),
            ]}
          />
        </Fold>
      </div>
    </div>
  );
}
