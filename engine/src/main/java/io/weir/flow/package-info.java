/** Flow key, hashes and the off-heap flow table. */
package io.weir.flow;
