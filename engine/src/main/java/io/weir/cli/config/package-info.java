/** The configuration file: its settings, how it is read and what is said about its faults. */
package io.weir.cli.config;
