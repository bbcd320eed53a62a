import { cellPeopleReply, cellPeopleRequest, cellsReply, cellsRequest } from '../cells.ts';
import { campaignReport, shopReport } from '../report.ts';
import { byId, periodQuery } from './fields.ts';
import type { Route } from './route.ts';

export const reportRoutes = {
  getCampaignReport: {
    method: 'GET',
    path: '/api/v1/campaigns/:id/report',
    tag: 'Reports',
    summary: 'People, arms, lift and sample ratio of one campaign',
    access: 'read',
    ...byId,
    query: periodQuery,
    reply: campaignReport,
  },
  getShopReport: {
    method: 'GET',
    path: '/api/v1/reports/shop',
    tag: 'Reports',
    summary: "The shop's figures over a period",
    access: 'read',
    query: periodQuery,
    reply: shopReport,
  },
  exploreCells: {
    method: 'POST',
    path: '/api/v1/cells',
    tag: 'Reports',
    summary:
      'Everybody told apart by the levels of variables: size, orders, response to a campaign',
    access: 'read',
    body: cellsRequest,
    reply: cellsReply,
  },
  listCellPeople: {
    method: 'POST',
    path: '/api/v1/cells/people',
    tag: 'Reports',
    summary: 'The people of one cell, by id',
    access: 'read_people',
    body: cellPeopleRequest,
    reply: cellPeopleReply,
  },
} as const satisfies Record<string, Route>;
