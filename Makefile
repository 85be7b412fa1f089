# Two commands on a fresh machine with Python 3.11 or newer: make demo, make test.
# The stamp files in .venv make the second call free.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/bin/python
PIP := $(VENV) -m pip install --quiet --disable-pip-version-check --require-hashes -r

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check torture train evaluate bench fuzz simulate

help: ## dit ce que chaque cible fait
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: .venv/ready ## installe ce qu'il faut pour faire tourner le service

setup-dev: .venv/ready-dev ## installe en plus ce qu'il faut pour le tester

demo: .venv/ready ## ouvre la démonstration : deux téléphones sur http://127.0.0.1:8765
	@$(VENV) -m bot demo

test: .venv/ready-dev ## joue tous les tests, sur SQLite et sur PostgreSQL
	@$(VENV) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/ready-dev ## vérifie la forme, les types, puis joue les tests
	@$(VENV) -m ruff format --check .
	@$(VENV) -m ruff check .
	@$(VENV) -m mypy
	@$(MAKE) --no-print-directory test

torture: .venv/ready-dev ## tue le service des centaines de fois et compte les messages (12 à 20 minutes par base)
	@$(VENV) -m tools.torture

bench: .venv/ready-dev ## mesure le débit, la latence, la mémoire, à côté d'un bot nu
	@$(VENV) -m tools.bench

fuzz: .venv/ready-dev ## envoie 20 000 messages abîmés ou inventés, et regarde que rien ne se perde
	@$(VENV) -m tools.fuzz

simulate: .venv/ready-dev ## joue trois années scolaires de réunions et de semaines, puis une à quatre processus
	@$(VENV) -m tools.simulate
	@$(VENV) -m tools.simulate --database postgresql --workers 4 --years 1

train: .venv/ready-dev ## refait les poids de l'étiqueteur à partir des messages
	@$(VENV) -m tools.train

evaluate: .venv/ready-dev ## mesure l'étiqueteur sur des auteurs qu'il n'a jamais lus
	@$(VENV) -m tools.evaluate

.venv/ready: requirements.txt | .venv/bin/python
	@$(PIP) requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt | .venv/bin/python
	@$(PIP) requirements-dev.txt
	@touch .venv/ready $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11 ou plus récent (aucun trouvé ; PYTHON=/chemin/python3 en choisit un)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Il faut Python 3.11 ou plus récent : $(PYTHON) ne convient pas." >&2; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv >/dev/null 2>&1 \
		|| { rm -rf .venv; echo "L'environnement .venv ne se crée pas : sous Debian, il manque le paquet python3-venv." >&2; exit 1; }

.DEFAULT:
	@echo "Pas de cible « $@ » ; make, sans rien, dit lesquelles il y a." >&2; exit 2
