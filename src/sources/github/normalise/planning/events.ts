import type { GithubEvent } from '../github-event.ts';
import { project, projectCard, projectColumn } from './classic-project.ts';
import { label } from './label.ts';
import { milestone } from './milestone.ts';
import { projectsV2 } from './projects-v2.ts';
import { projectsV2Item } from './projects-v2-item.ts';
import { projectsV2StatusUpdate } from './projects-v2-status-update.ts';

export const PLANNING_EVENTS = {
  label: {
    normalise: label,
    actions: {
      archived: { minor: 'housekeeping' },
      created: 'told',
      deleted: 'told',
      edited: { minor: 'mostly a color or a description' },
      unarchived: { minor: 'housekeeping' },
    },
    facets: [],
    shape: { has: 'label' },
  },
  milestone: {
    normalise: milestone,
    actions: {
      closed: 'told',
      created: 'told',
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      opened: 'told',
    },
    facets: ['author'],
    shape: { has: 'milestone' },
    doneBy: { created: 'milestone.creator' },
  },
  project: {
    normalise: project,
    actions: {
      closed: 'told',
      created: 'told',
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      reopened: 'told',
    },
    facets: ['author'],
    shape: { has: 'project' },
  },
  project_card: {
    normalise: projectCard,
    actions: {
      converted: { minor: 'issues.opened tells of the issue it becomes' },
      created: 'told',
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      moved: { minor: 'cards move many times a day, between columns that GitHub does not name' },
    },
    facets: ['author'],
    shape: { has: 'project_card' },
  },
  project_column: {
    normalise: projectColumn,
    actions: {
      created: 'told',
      deleted: 'told',
      edited: { minor: 'housekeeping' },
      moved: { minor: 'housekeeping' },
    },
    facets: [],
    shape: { has: 'project_column' },
  },
  projects_v2: {
    normalise: projectsV2,
    actions: {
      closed: 'told',
      created: 'told',
      deleted: 'told',
      edited: { minor: 'wording is put right many times' },
      reopened: 'told',
    },
    facets: ['author'],
    shape: { has: 'projects_v2' },
    heardBy: 'organisation',
  },
  projects_v2_item: {
    normalise: projectsV2Item,
    actions: {
      archived: { minor: 'GitHub names neither the item nor its project' },
      converted: { minor: 'issues.opened tells of the issue it becomes' },
      created: { minor: 'GitHub names neither the item nor its project' },
      deleted: { minor: 'GitHub names neither the item nor its project' },
      edited: { minor: 'cards move many times a day, and GitHub does not name them' },
      reordered: { minor: 'items are arranged many times a day' },
      restored: { minor: 'GitHub names neither the item nor its project' },
    },
    facets: ['author'],
    shape: { has: 'projects_v2_item' },
    heardBy: 'organisation',
  },
  projects_v2_status_update: {
    normalise: projectsV2StatusUpdate,
    actions: {
      created: 'told',
      deleted: { minor: 'its words are gone' },
      edited: 'told',
    },
    facets: ['author'],
    shape: { has: 'projects_v2_status_update' },
    heardBy: 'organisation',
  },
} as const satisfies Readonly<Record<string, GithubEvent>>;
