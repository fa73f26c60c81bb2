# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cards: what is declared of data and models, in any of the accepted forms, read into one."""
