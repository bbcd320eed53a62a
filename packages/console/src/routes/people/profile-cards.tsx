import { Link } from '@tanstack/react-router';
import type { Person } from '@tenth/model/person.ts';
import { useSegments } from '../../api/use-segments.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Bars, Facts } from '../../ui/facts.tsx';
import { Mono, Muted, Row, Stack, Strong } from '../../ui/layout.tsx';

export function AffinityCard({ affinities }: Pick<Person, 'affinities'>) {
  const { person: messages } = useMessages();
  const format = useFormat();
  const dimensions = Object.entries(affinities).filter(([, keys]) => keys.length > 0);
  const names: Readonly<Record<string, string>> = messages.affinityNames;
  return (
    <Card title={messages.affinities} hint={messages.affinitiesHint}>
      {dimensions.length === 0 ? <Muted>{messages.noAffinities}</Muted> : null}
      <Stack gap={18}>
        {dimensions.map(([dimension, keys]) => (
          <Stack key={dimension} gap={8}>
            <h3>{names[dimension] ?? dimension}</h3>
            <Bars
              label={names[dimension] ?? dimension}
              bars={keys.slice(0, 6).map((one) => ({
                name: one.key,
                share: one.share,
                value: format.share(one.share, 0),
              }))}
            />
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

export function SegmentCard({ segments }: Pick<Person, 'segments'>) {
  const { person: messages } = useMessages();
  const format = useFormat();
  const all = useSegments();
  const nameOf = (id: string) => {
    const found = all.data?.segments.find(({ segment }) => segment.id === id);
    return found === undefined ? id : format.text(found.segment.name);
  };
  return (
    <Card title={messages.segments}>
      {segments.length === 0 ? <Muted>{messages.noSegments}</Muted> : null}
      <Stack gap={8}>
        {segments.map((one) => (
          <Row key={one.segmentId} spread>
            <Link to="/people" search={{ segment: one.segmentId }}>
              {nameOf(one.segmentId)}
            </Link>
            <Muted>{messages.since(format.ago(one.enteredAt))}</Muted>
          </Row>
        ))}
      </Stack>
    </Card>
  );
}

export function TraitCard({ traits }: Pick<Person, 'traits'>) {
  const { person: messages } = useMessages();
  const entries = Object.entries(traits);
  return (
    <Card title={messages.traits} hint={messages.traitsHint}>
      {entries.length === 0 ? <Muted>{messages.noTraits}</Muted> : null}
      <Facts
        facts={entries.map(([name, trait]) => ({
          name,
          value: (
            <Row gap={8}>
              <span>
                {typeof trait.value === 'string' ? trait.value : JSON.stringify(trait.value)}
              </span>
              {trait.isVerified ? <Badge tone="good">{messages.verified}</Badge> : null}
            </Row>
          ),
        }))}
      />
    </Card>
  );
}

export function IdentifierCard({ identifiers }: Pick<Person, 'identifiers'>) {
  const { person: messages } = useMessages();
  return (
    <Card title={messages.identifiers}>
      <Stack gap={8}>
        {identifiers.map((one) => (
          <Row key={`${one.kind}:${one.value}`} spread>
            <Muted>{one.kind}</Muted>
            <Mono>{one.value}</Mono>
          </Row>
        ))}
      </Stack>
    </Card>
  );
}

export function ConsentCard({ consents }: Pick<Person, 'consents'>) {
  const { person: messages } = useMessages();
  const format = useFormat();
  return (
    <Card title={messages.consents} hint={messages.consentsHint}>
      {consents.length === 0 ? <Muted>{messages.noConsents}</Muted> : null}
      <Facts
        facts={consents.map(({ purpose, state, at }) => ({
          name: messages.consentPurposes[purpose],
          value: (
            <Row gap={8}>
              <Badge tone={state === 'granted' ? 'good' : 'plain'}>
                {messages.consentStates[state]}
              </Badge>
              <Muted>{messages.since(format.day(at))}</Muted>
            </Row>
          ),
        }))}
      />
    </Card>
  );
}

export function CartCard({ cart }: Pick<Person, 'cart'>) {
  const { person: messages, unit } = useMessages();
  const format = useFormat();
  if (cart === null || cart.items.length === 0) {
    return (
      <Card title={messages.cart}>
        <Muted>{messages.emptyCart}</Muted>
      </Card>
    );
  }
  return (
    <Card title={messages.cart}>
      <Stack gap={10}>
        {cart.items.map((item) => (
          <Row key={item.productId} spread>
            <span>
              {item.name === '' ? item.productId : item.name}{' '}
              <Muted>× {unit.pieces(format.count(item.quantity))}</Muted>
            </span>
            <span>{format.money(item.priceMinor * item.quantity, cart.currency)}</span>
          </Row>
        ))}
        <Row spread>
          <Muted>{messages.cartTotal}</Muted>
          <Strong>{format.money(cart.totalMinor, cart.currency)}</Strong>
        </Row>
      </Stack>
    </Card>
  );
}
