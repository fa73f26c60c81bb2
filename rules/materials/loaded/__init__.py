# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What new lines load from elsewhere: calls, commands, addresses and settings that name a dataset or a model."""
