/** One measure by day. Those with the same `pane` share an axis; panes stand one above the other. */
export interface Series {
  readonly name: string;
  readonly pane: number;
  readonly kind: 'line' | 'bar';
  readonly color: 1 | 2 | 3 | 4;
  readonly values: readonly number[];
}

export interface ChartInk {
  readonly series: readonly [string, string, string, string];
  readonly text: string;
  readonly line: string;
  readonly surface: string;
  readonly ink: string;
  readonly font: string;
}

export interface DailyChart {
  /** As the axis reads them. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly formatValue: (value: number) => string;
  readonly label: string;
}

const paneHeights: Readonly<Record<number, readonly { top: number; height: number }[]>> = {
  1: [{ top: 16, height: 216 }],
  2: [
    { top: 16, height: 148 },
    { top: 190, height: 68 },
  ],
};

/** An ECharts option for a chart of days; the same look for all charts of the console. */
export function dailyOption(chart: DailyChart, ink: ChartInk) {
  const panes = 1 + Math.max(0, ...chart.series.map((series) => series.pane));
  const boxes = paneHeights[panes] ?? [];
  return {
    animationDuration: 300,
    textStyle: { fontFamily: ink.font, color: ink.text },
    aria: { enabled: true, label: { description: chart.label } },
    grid: boxes.map((box) => ({ ...box, left: 52, right: 12, outerBoundsMode: 'none' })),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 12.5, fontFamily: ink.font },
      extraCssText: 'border-radius:10px;box-shadow:0 6px 24px rgb(0 0 0 / 14%);',
      axisPointer: { type: 'line', lineStyle: { color: ink.line } },
      formatter: (points: readonly { readonly dataIndex: number }[]) =>
        tooltip(chart, ink, points[0]?.dataIndex ?? 0),
    },
    xAxis: boxes.map((_box, pane) => ({
      type: 'category',
      gridIndex: pane,
      data: chart.days,
      boundaryGap: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
      axisLabel: {
        show: pane === panes - 1,
        color: ink.text,
        fontSize: 11.5,
        margin: 12,
        hideOverlap: true,
      },
    })),
    yAxis: boxes.map((_box, pane) => ({
      type: 'value',
      gridIndex: pane,
      minInterval: 1,
      splitNumber: pane === 0 ? 4 : 2,
      axisLabel: {
        color: ink.text,
        fontSize: 11.5,
        formatter: (value: number) => chart.formatValue(value),
      },
      splitLine: { lineStyle: { color: ink.line } },
    })),
    series: chart.series.map((series) => seriesOption(series, ink)),
  };
}

function seriesOption(series: Series, ink: ChartInk) {
  const color = ink.series[series.color - 1] ?? ink.ink;
  const shared = {
    name: series.name,
    xAxisIndex: series.pane,
    yAxisIndex: series.pane,
    data: series.values,
    itemStyle: { color },
  };
  return series.kind === 'bar'
    ? {
        ...shared,
        type: 'bar',
        barMaxWidth: 14,
        barGap: '15%',
        itemStyle: { color, borderRadius: [3, 3, 0, 0] },
      }
    : {
        ...shared,
        type: 'line',
        showSymbol: series.values.length === 1,
        symbolSize: 7,
        lineStyle: { width: 2, color },
        areaStyle: { color, opacity: series.pane === 0 && series.color === 1 ? 0.1 : 0 },
      };
}

/** All measures of a day under one heading. Elements and not HTML: the page's policy takes no inline styles. */
function tooltip(chart: DailyChart, ink: ChartInk, at: number): HTMLElement {
  const day = element('div', [chart.days[at] ?? ''], { marginBottom: '4px', color: ink.text });
  const lines = chart.series.map((series) => {
    const mark = element('span', [], {
      width: '8px',
      height: '8px',
      borderRadius: '3px',
      background: ink.series[series.color - 1] ?? ink.ink,
    });
    const value = element('b', [chart.formatValue(series.values[at] ?? 0)], {
      marginLeft: 'auto',
      paddingLeft: '20px',
    });
    return element('div', [mark, series.name, value], {
      display: 'flex',
      gap: '8px',
      alignItems: 'center',
    });
  });
  return element('div', [day, ...lines], {});
}

function element(
  tag: 'div' | 'span' | 'b',
  children: readonly (Node | string)[],
  style: Partial<CSSStyleDeclaration>,
): HTMLElement {
  const made = document.createElement(tag);
  Object.assign(made.style, style);
  made.append(...children);
  return made;
}
