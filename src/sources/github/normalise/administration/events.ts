import { called, type GithubEvent } from '../github-event.ts';
import { githubAppAuthorization, installationTarget } from './app-account.ts';
import { customProperty, customPropertyValues } from './custom-property.ts';
import { installation, installationRepositories } from './installation.ts';
import { marketplacePurchase } from './marketplace-purchase.ts';
import { member, membership } from './member.ts';
import { meta } from './meta.ts';
import { organization, orgBlock } from './organization.ts';
import { madePublic, repository, repositoryImport } from './repository.ts';
import { sponsorship } from './sponsorship.ts';
import { fork, star, watch } from './stars.ts';
import { team, teamAdd } from './team.ts';

export const ADMINISTRATION_EVENTS = {
  custom_property: {
    normalise: customProperty,
    actions: {
      created: 'told',
      deleted: 'told',
      promote_to_enterprise: 'told',
      updated: 'told',
    },
    facets: [],
    shape: { has: 'definition' },
    heardBy: 'organisation',
  },
  custom_property_values: {
    normalise: customPropertyValues,
    actions: { updated: { minor: 'an organization sets them for many repositories at once' } },
    facets: [],
    shape: { has: 'new_property_values', may: 'old_property_values' },
    heardBy: 'organisation',
  },
  fork: {
    normalise: fork,
    actions: { '': 'told' },
    facets: [],
    shape: { has: 'forkee', byAction: true },
    doneBy: { '': 'forkee.owner' },
  },
  github_app_authorization: {
    normalise: githubAppAuthorization,
    actions: { revoked: 'told' },
    facets: [],
    shape: { has: 'sender.id', byAction: true },
    heardBy: 'app',
  },
  installation: {
    normalise: installation,
    actions: {
      created: 'told',
      deleted: 'told',
      new_permissions_accepted: 'told',
      suspend: 'told',
      unsuspend: 'told',
    },
    facets: [],
    shape: { has: 'installation.account', may: 'repositories requester', byAction: true },
    heardBy: 'app',
  },
  installation_repositories: {
    normalise: installationRepositories,
    actions: {
      added: 'told',
      removed: 'told',
    },
    facets: [],
    shape: { has: 'repositories_added repositories_removed', may: 'repository_selection requester' },
    heardBy: 'app',
  },
  installation_target: {
    normalise: installationTarget,
    actions: { renamed: 'told' },
    facets: [],
    shape: { has: 'account target_type' },
    heardBy: 'app',
  },
  marketplace_purchase: {
    normalise: marketplacePurchase,
    actions: {
      cancelled: 'told',
      changed: 'told',
      pending_change: 'told',
      pending_change_cancelled: 'told',
      purchased: 'told',
    },
    facets: [],
    shape: { has: 'marketplace_purchase', may: 'effective_date previous_marketplace_purchase' },
    heardBy: 'app',
  },
  member: {
    normalise: member,
    actions: {
      added: 'told',
      edited: 'told',
      removed: 'told',
    },
    facets: [],
    shape: { has: 'member' },
  },
  membership: {
    normalise: membership,
    actions: {
      added: 'told',
      removed: 'told',
    },
    facets: [],
    shape: { has: 'member team scope' },
    heardBy: 'organisation',
  },
  meta: {
    normalise: meta,
    actions: { deleted: 'told' },
    facets: [],
    shape: { has: 'hook hook_id' },
  },
  org_block: {
    normalise: orgBlock,
    actions: {
      blocked: 'told',
      unblocked: 'told',
    },
    facets: [],
    shape: { has: 'blocked_user' },
    heardBy: 'organisation',
  },
  organization: {
    normalise: organization,
    actions: {
      deleted: 'told',
      member_added: 'told',
      member_invited: 'told',
      member_removed: 'told',
      renamed: 'told',
    },
    facets: [],
    shape: { has: 'organization.id', may: 'membership invitation user', lacks: 'repository', byAction: true },
    heardBy: 'organisation',
  },
  ping: {
    normalise: null,
    actions: { '': { never: 'it is answered: GitHub asks whether anybody is there' } },
    facets: [],
    shape: { has: 'zen hook hook_id', byAction: true },
  },
  public: {
    normalise: madePublic,
    actions: { '': 'told' },
    facets: [],
    shape: { has: 'repository.id', lacks: 'changes', byAction: true },
  },
  repository: {
    normalise: repository,
    actions: {
      archived: 'told',
      created: 'told',
      deleted: 'told',
      edited: 'told',
      privatized: 'told',
      publicized: 'told',
      renamed: 'told',
      transferred: 'told',
      unarchived: 'told',
    },
    facets: [],
    shape: { has: 'repository.id', byAction: true },
  },
  repository_import: {
    normalise: repositoryImport,
    actions: { '': 'told' },
    facets: ['conclusion'],
    shape: { has: 'status', byAction: true },
  },
  sponsorship: {
    normalise: sponsorship,
    actions: {
      cancelled: 'told',
      created: 'told',
      edited: { minor: 'only whether the sponsor is shown' },
      pending_cancellation: 'told',
      pending_tier_change: 'told',
      tier_changed: 'told',
    },
    facets: [],
    shape: { has: 'sponsorship', may: 'effective_date' },
    heardBy: 'app',
  },
  star: {
    normalise: star,
    actions: {
      created: 'told',
      deleted: { minor: 'hardly news' },
    },
    facets: [],
    shape: { has: 'starred_at' },
    mistaken: {
      added: called('created'),
      removed: called('deleted'),
      starred: called('created'),
    },
  },
  team: {
    normalise: team,
    actions: {
      added_to_repository: 'told',
      created: 'told',
      deleted: 'told',
      edited: 'told',
      removed_from_repository: 'told',
    },
    facets: [],
    shape: { has: 'team', byAction: true },
    heardBy: 'organisation',
  },
  team_add: {
    normalise: teamAdd,
    actions: { '': 'told' },
    facets: [],
    shape: { has: 'team', byAction: true },
  },
  watch: {
    normalise: watch,
    actions: { started: 'told' },
    facets: [],
    shape: { has: 'repository.id', byAction: true },
  },
} as const satisfies Readonly<Record<string, GithubEvent>>;
