import { useFormat } from '../../frame/use-format.ts';
import { useWorkspace } from '../../frame/workspace-context.tsx';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Mono, Muted, Row, Stack } from '../../ui/layout.tsx';
import { Swatch } from '../../ui/swatch.tsx';
import { describeCaps } from '../../words/describe-delivery.ts';
import { RetentionCard } from './retention-card.tsx';

const brandColors = ['primary', 'onPrimary', 'surface', 'onSurface'] as const;

export function WorkspaceTab() {
  const { settings: messages } = useMessages();
  const format = useFormat();
  const { id, planVersion, settings } = useWorkspace();
  const caps = describeCaps(settings.personCaps, format.locale);
  return (
    <Stack>
      <Card title={messages.workspace}>
        <Stack>
          <Facts
            facts={[
              { name: messages.name, value: settings.name },
              { name: messages.id, value: <Mono>{id}</Mono> },
              { name: messages.planVersion, value: format.count(planVersion) },
              { name: messages.timeZone, value: settings.timeZone },
              { name: messages.currency, value: settings.currency },
              { name: messages.locale, value: messages.locales[settings.locale] },
              {
                name: messages.personCaps,
                value: caps.length === 0 ? messages.none : caps.join(', '),
              },
              {
                name: messages.reservation,
                value: messages.minutes(format.count(settings.reservationMinutes)),
              },
              { name: messages.identity, value: messages.identities[settings.identity] },
              {
                name: messages.internalHosts,
                value:
                  settings.internalHosts.length === 0
                    ? messages.none
                    : settings.internalHosts.join(', '),
              },
              {
                name: messages.brand,
                value: (
                  <Row gap={14}>
                    {brandColors.map((color) => (
                      <Swatch
                        key={color}
                        name={messages.brandColors[color]}
                        color={settings.brand[color]}
                      />
                    ))}
                    <span>{messages.corner(format.count(settings.brand.radiusPx))}</span>
                  </Row>
                ),
              },
            ]}
          />
          <Muted>{messages.readOnly}</Muted>
        </Stack>
      </Card>
      <RetentionCard />
    </Stack>
  );
}
