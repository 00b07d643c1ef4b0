/** Lists that rules look things up in: reputations of addresses, suffixes under which names are registered. */
package io.weir.rule.lookup;
