/** What a running engine and the service manager tell each other, and the operational log. */
package io.weir.cli.service;
