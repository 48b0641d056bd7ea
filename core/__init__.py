"""Mechanisms without knowledge of any app: access log, guards, periods, words, jobs, pages."""
