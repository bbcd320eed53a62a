import { Muted, Row } from './layout.tsx';

export function Swatch({ name, color }: { readonly name: string; readonly color: string }) {
  return (
    <Row gap={6}>
      <span
        aria-hidden="true"
        style={{
          width: 16,
          height: 16,
          borderRadius: 5,
          background: color,
          border: '1px solid var(--t-line-strong)',
        }}
      />
      <Muted>
        {name} {color}
      </Muted>
    </Row>
  );
}
