import type { Span } from '@opentelemetry/api';
import { noTracing, type Tracing } from './tracing.ts';

export interface OtlpOptions {
  /** Of a collector that speaks OTLP over HTTP; undefined for no traces. */
  readonly endpoint: string | undefined;
  readonly version: string;
}

/** What a supervisor grants for the whole stop is more. */
const STOP_WITHIN_MS = 3_000;

/**
 * Sends spans to an OpenTelemetry collector. Its libraries are loaded with an endpoint alone: they take
 * some 20 MB and a tenth of a second. The other standard variables (`OTEL_SERVICE_NAME`,
 * `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_BSP_*` …) are
 * read by them.
 */
export async function openTracing({ endpoint, version }: OtlpOptions): Promise<Tracing> {
  if (endpoint === undefined) {
    return noTracing;
  }
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resources
      .defaultResource()
      .merge(
        resources.resourceFromAttributes({ 'service.name': 'tenth', 'service.version': version }),
      )
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  const tracer = provider.getTracer('tenth', version);
  const fail = (span: Span, error: unknown) => {
    // The kind alone: messages may quote what a visitor sent.
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          fail(span, error);
          throw error;
        } finally {
          span.end();
        }
      }),
    record(name, attributes, durationMs) {
      const endTime = Date.now();
      tracer
        .startSpan(name, { attributes, startTime: endTime - durationMs }, ROOT_CONTEXT)
        .end(endTime);
    },
    startRequest(method, headers) {
      const parent =
        headers === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
      const span = tracer.startSpan(
        method,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } },
        parent,
      );
      return {
        run: (work) => context.with(trace.setSpan(parent, span), work),
        end({ route, status }) {
          if (route !== undefined) {
            span.updateName(`${method} ${route}`);
            span.setAttribute('http.route', route);
          }
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) {
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          span.end();
        },
      };
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_WITHIN_MS);
      });
      // Spans are worth less than a clean stop.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
