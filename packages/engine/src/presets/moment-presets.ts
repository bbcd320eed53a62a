import { rule } from '../text/rule.ts';
import { hour, labels, windowDays } from './parameters.ts';
import { adjustable, fixed, type Preset, say } from './preset.ts';

/** By the device in hand and the time of day and week, where the person is. */
export const momentPresets: readonly Preset[] = [
  fixed({
    id: 'phone-visitors',
    group: 'moment',
    name: say('휴대폰 방문자', 'On a phone'),
    description: say(
      '지금 휴대폰으로 보고 있는 사람.',
      'Looking at the shop on a phone right now.',
    ),
    condition: () => rule`device is phone`,
  }),
  adjustable({
    id: 'app-only',
    group: 'moment',
    name: say('앱만 쓰는 사람', 'App only'),
    description: say(
      '최근 앱은 열었지만 웹에는 오지 않은 사람.',
      'Opened the app of late and did not come to the site.',
    ),
    parameters: { days: windowDays(30) },
    labels: { days: labels.windowDays },
    condition: ({ days }) => rule`
      count of screen visit in last ${days} days >= 1
      and count of page visit in last ${days} days is 0`,
  }),
  adjustable({
    id: 'night-owls',
    group: 'moment',
    name: say('밤에 보는 사람', 'Night owls'),
    description: say(
      '있는 곳의 시각이 지금 늦은 밤이나 새벽인 사람. 내일 도착 같은 약속이 잘 통합니다.',
      'It is late at night where they are: a promise such as delivery tomorrow works well.',
    ),
    parameters: { from: hour(22), to: hour(4) },
    labels: { from: say('몇 시부터', 'From hour'), to: say('몇 시 전까지', 'Before hour') },
    condition: ({ from, to }) =>
      from < to
        ? rule`local hour from ${from} to below ${to}`
        : rule`local hour >= ${from} or local hour < ${to}`,
  }),
  fixed({
    id: 'weekend-visitors',
    group: 'moment',
    name: say('주말에 보는 사람', 'Weekend'),
    description: say(
      '있는 곳이 지금 토요일이나 일요일인 사람.',
      'It is Saturday or Sunday where they are.',
    ),
    condition: () => rule`local weekday >= 6`,
  }),
  adjustable({
    id: 'office-hours',
    group: 'moment',
    name: say('평일 낮에 보는 사람', 'Weekday office hours'),
    description: say(
      '있는 곳이 지금 평일 업무 시간인 사람. 짧게 볼 수 있는 메시지가 알맞습니다.',
      'It is a weekday in office hours where they are: keep messages short.',
    ),
    parameters: { from: hour(9), to: hour(18) },
    labels: { from: say('몇 시부터', 'From hour'), to: say('몇 시 전까지', 'Before hour') },
    condition: ({ from, to }) => rule`
      local weekday <= 5 and local hour from ${from} to below ${to}`,
  }),
];
